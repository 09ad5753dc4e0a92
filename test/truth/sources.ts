import type { Fact, World } from './facts.ts'
import type { Cost } from './imports.ts'
import type { Session } from './sessions.ts'

/** Where a session came from. */
export interface Source {
  readonly channel: string
  readonly source: string
  readonly campaign: string
}

/** Channels of the campaigns that scenarios know, by their medium. */
const CHANNELS: Record<string, string> = { cpc: 'Paid other', email: 'Email' }

/** What is owed to no campaign. */
const DIRECT: Source = { channel: 'Direct', source: '', campaign: '' }

/** The campaign a session began with; none of a direct one. */
export const sourceOf = ({ facts }: Session): Source | undefined => {
  const url = facts.find(({ isActivity }) => isActivity)?.event.url
  const query = url === undefined ? undefined : new URL(url).searchParams
  const source = query?.get('utm_source')
  if (!source) return undefined
  const channel = CHANNELS[query?.get('utm_medium') ?? '']
  if (!channel) throw new Error(`The truth knows no channel for ${url}`)
  return { channel, source, campaign: query?.get('utm_campaign') ?? '' }
}

const LOOKBACK = 90 * 24 * 3_600_000

/** What an order is owed to: the source of its session, else of the last earlier one within 90 days that had one. */
export const sourceOfOrder = ({ sessions }: World, { person, time, session }: Fact): Source => {
  const own = session && sourceOf(session)
  if (own) return own
  const earlier = sessions
    .filter(one => one.person === person && one !== session && time - LOOKBACK <= one.begin && one.begin <= time)
    .sort((a, b) => a.begin - b.begin)
  return earlier.map(sourceOf).findLast(source => source !== undefined) ?? DIRECT
}

/** Whether a cost was spent on a source: what it leaves open fits any. */
export const fits = (cost: Cost, source: Source): boolean =>
  (['channel', 'source', 'campaign'] as const).every(name => cost[name] === '' || cost[name] === source[name])

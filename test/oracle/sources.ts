import type { Fact, Session } from './fact.ts'
import type { World } from './facts.ts'
import type { Cost } from './imports.ts'
import { NOT_SET, type Origin, originOf } from './origins.ts'

/** The dimensions of a cost. */
export type Source = Pick<Origin, 'channel' | 'source' | 'campaign'>

/** The source without a campaign. */
const DIRECT: Source = { channel: 'Direct', source: '', campaign: '' }

/** The source of a session; empty for a direct one. */
export const sourceOf = ({ facts }: Session): Source | undefined => {
  const { channel, source, campaign } = originOf((facts.find(({ isActivity }) => isActivity) as Fact).event)
  return channel === 'Direct' ? undefined : { channel, source, campaign: campaign === NOT_SET ? '' : campaign }
}

const LOOKBACK = 90 * 24 * 3_600_000

/** The source credited with an order: that of its session, else of the last earlier one within 90 days that had one. */
export const sourceOfOrder = ({ sessions }: World, { person, time, session }: Fact): Source => {
  const own = session && sourceOf(session)
  if (own) return own
  const earlier = sessions
    .filter(one => one.person === person && one !== session && time - LOOKBACK <= one.begin && one.begin <= time)
    .sort((a, b) => a.begin - b.begin)
  return earlier.map(sourceOf).findLast(source => source !== undefined) ?? DIRECT
}

/** True if a cost was spent on a source: an empty field matches any. */
export const fits = (cost: Cost, source: Source): boolean =>
  (['channel', 'source', 'campaign'] as const).every(name => cost[name] === '' || cost[name] === source[name])

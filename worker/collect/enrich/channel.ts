import type { ReferrerKind } from './referrers'

/** The values that decide the channel. */
export interface Origin {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  /** The kind of the source, if it is a known site. */
  readonly kind: ReferrerKind | undefined
}

/** Ready to be compared: in lower case. */
type Rule = (origin: Origin) => boolean

const PAID = /cp|^ppc$|^retargeting$|^paid/
const SHOPPING = /(?:[^a-df-z]|^)shop|shopping/
const EMAIL = /^e[-_ ]?mail$/

const isPaid: Rule = ({ medium }) => PAID.test(medium)
const isShopping: Rule = ({ kind, campaign }) => kind === 'shopping' || SHOPPING.test(campaign)
const mediumIs =
  (...mediums: readonly string[]): Rule =>
  ({ medium }) =>
    mediums.includes(medium)

/**
 * The default channel group of Google Analytics 4, rule by rule in its order: the first that fits is
 * the channel. The AI assistants count as one by their address too, as their medium is seldom given.
 * @see https://support.google.com/analytics/answer/9756891
 */
const RULES: readonly (readonly [channel: string, fits: Rule])[] = [
  ['Cross-network', ({ campaign }) => campaign.includes('cross-network')],
  ['Paid shopping', origin => isShopping(origin) && isPaid(origin)],
  ['Paid search', origin => origin.kind === 'search' && isPaid(origin)],
  ['Paid social', origin => origin.kind === 'social' && isPaid(origin)],
  ['Paid video', origin => origin.kind === 'video' && isPaid(origin)],
  ['Display', mediumIs('display', 'banner', 'expandable', 'interstitial', 'cpm')],
  ['Paid other', isPaid],
  ['AI assistant', origin => origin.kind === 'ai' || origin.medium === 'ai-assistant'],
  ['Organic shopping', isShopping],
  [
    'Organic social',
    origin =>
      origin.kind === 'social' ||
      mediumIs('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')(origin),
  ],
  ['Organic video', ({ kind, medium }) => kind === 'video' || medium.includes('video')],
  ['Organic search', ({ kind, medium }) => kind === 'search' || medium === 'organic'],
  ['Referral', mediumIs('referral', 'app', 'link')],
  ['Email', ({ source, medium }) => EMAIL.test(source) || EMAIL.test(medium)],
  ['Affiliates', mediumIs('affiliate', 'affiliates')],
  ['Audio', mediumIs('audio')],
  ['SMS', ({ source, medium }) => source === 'sms' || medium === 'sms'],
  [
    'Mobile push notifications',
    ({ source, medium }) => /push$|mobile|notification/.test(medium) || source === 'firebase',
  ],
]

/** Every channel. */
export const CHANNELS: readonly string[] = [...RULES.map(([channel]) => channel), 'Direct', 'Unassigned']

const NAMES = new Map(CHANNELS.map(name => [name.toLowerCase(), name]))

/**
 * A channel as it is told, whatever its capitals; a text that is none stays as it is.
 * @example channelNamed('paid SEARCH') // 'Paid search'
 */
export const channelNamed = (text: string): string => NAMES.get(text.toLowerCase()) ?? text

/**
 * The channel of a source, medium and campaign; case does not matter.
 * @example channelOf({ source: 'Google', medium: 'cpc', campaign: '', kind: 'search' }) // 'Paid search'
 */
export function channelOf({ source, medium, campaign, kind }: Origin): string {
  const origin = {
    source: source.toLowerCase(),
    medium: medium.toLowerCase(),
    campaign: campaign.toLowerCase(),
    kind,
  }
  return RULES.find(([, fits]) => fits(origin))?.[0] ?? 'Unassigned'
}

/**
 * The one list of imports: numbers that no browser sees, in rows of a day and what they describe. Parsing, storage, the
 * template, the API's description and the docs follow from it.
 *
 * The order of `texts` is stored, as the key of a row: never reorder, add or remove.
 */
import { LIMITS } from './limits.ts'

/** A text of a row's key, which is the day and all its texts; `''` if not given. */
export interface ImportText {
  readonly name: string
  readonly help: string
  /** The dimension of its values, `null` if none. */
  readonly dimension: string | null
  /** The only values that it can have, '' included, if these are few. */
  readonly values?: readonly string[]
  /** A value that stands for several others: rows of a day have it or these, not both. */
  readonly standsFor?: { readonly value: string; readonly others: readonly string[] }
  /** The text that names the dimension of its values, in place of `dimension`. */
  readonly describedBy?: string
  /** Characters, if not the usual number. */
  readonly longest?: number
}

export interface ImportNumber {
  readonly name: string
  readonly help: string
  /** A whole number, or an amount of money in major units. */
  readonly form: 'count' | 'amount'
  /** An optional number that is not given is unknown and not stored. */
  readonly required: boolean
  /** The largest accepted value, in major units; the smallest is 0. */
  readonly most: number
}

export interface ImportDefinition {
  readonly kind: string
  /** Where its rows are stored. */
  readonly table: 'imports' | 'imported_days'
  readonly help: string
  readonly texts: readonly ImportText[]
  readonly numbers: readonly ImportNumber[]
  /** Numbers that must not be larger than another one. */
  readonly atMost: readonly (readonly [part: string, whole: string])[]
  /** Numbers that are given together or not at all; a row needs at least one of the pairs. */
  readonly pairs: readonly (readonly [string, string])[]
  /** Set if a row without a channel may have a medium, from which its channel follows. */
  readonly takesMedium?: true
  /** Names of columns in the CSV files of other tools, and the column of each. */
  readonly otherNames?: Readonly<Record<string, string>>
  /** The example row of the template, by column. */
  readonly example: Readonly<Record<string, string>>
}

/** A column of a kind's CSV, and a field of its JSON. */
export interface ImportColumn extends Pick<ImportText, 'longest'> {
  readonly name: string
  readonly help: string
  readonly form: 'day' | 'text' | ImportNumber['form'] | 'currency'
  readonly required: boolean
  /** True if it is part of the row's key. */
  readonly isKey: boolean
}

const count = <Name extends string>(name: Name, help: string) =>
  ({ name, help, form: 'count', required: true, most: 1e12 }) as const
const amount = <Name extends string>(name: Name, help: string) =>
  ({ name, help, form: 'amount', required: true, most: LIMITS.amount }) as const

const optionalCount = <Name extends string>(name: Name, help: string) =>
  ({ ...count(name, help), required: false }) as const

/** The dimensions of imported days, and the value of each for what has none. */
export const DAY_DIMENSIONS = {
  page: '(not set)',
  entry_page: '(not set)',
  exit_page: '(not set)',
  hostname: '(not set)',
  channel: 'Direct',
  source: '(direct)',
  medium: '(none)',
  campaign: '(not set)',
  term: '(not set)',
  content: '(not set)',
  country: '(not set)',
  region: '(not set)',
  city: '(not set)',
  device: '(not set)',
  browser: '(not set)',
  os: '(not set)',
  language: '(not set)',
  event: '(not set)',
} as const

/** In place of a dimension: the URL parameters of the landing page, from which the collector knows the dimensions below. */
export const ORIGIN = 'origin'

/** The dimensions of a session's source. */
export const ORIGIN_DIMENSIONS = ['channel', 'source', 'medium', 'campaign', 'term', 'content'] as const

/** The numbers of an imported day, each known or not. Their order is that of the columns. */
export const DAY_NUMBERS = [
  optionalCount('visitors', 'Distinct visitors of the day.'),
  optionalCount('sessions', 'Sessions, also called visits.'),
  optionalCount('pageviews', 'Page views.'),
  optionalCount('bounces', 'Sessions that bounced: one page view and no other interaction.'),
  optionalCount('engaged_sessions', 'Engaged sessions.'),
  optionalCount('duration', 'Duration of all sessions together, in seconds.'),
  optionalCount('events', 'Events other than page views.'),
] as const

export type DayNumber = (typeof DAY_NUMBERS)[number]['name']

const channel = {
  name: 'channel',
  help: 'Channel, as the dimension shows it, like Paid search.',
  dimension: 'channel',
} as const
const source = { name: 'source', help: 'Source, as the dimension shows it, like Google.', dimension: 'source' } as const
const campaign = { name: 'campaign', help: 'Campaign, as in utm_campaign.', dimension: 'campaign' } as const

export const IMPORTS = [
  {
    kind: 'costs',
    table: 'imports',
    help: 'Marketing costs.',
    texts: [channel, source, campaign],
    numbers: [amount('amount', 'Money spent.')],
    atMost: [],
    pairs: [],
    takesMedium: true,
    otherNames: { date: 'day', cost: 'amount', spend: 'amount' },
    example: {
      day: '2026-01-31',
      channel: 'Paid search',
      source: 'Google',
      campaign: 'winter',
      medium: 'cpc',
      amount: '120.50',
      currency: 'EUR',
    },
  },
  {
    kind: 'email',
    table: 'imports',
    help: 'Emails of a campaign that were delivered on a day, and how many of them were opened and clicked.',
    texts: [campaign],
    numbers: [
      count('delivered', 'Emails delivered.'),
      count('opens', 'Delivered emails that were opened at least once.'),
      count('clicks', 'Delivered emails with a link that was clicked at least once.'),
    ],
    atMost: [
      ['opens', 'delivered'],
      ['clicks', 'delivered'],
    ],
    pairs: [],
    example: { day: '2026-01-31', campaign: 'winter', delivered: '1000', opens: '320', clicks: '45' },
  },
  {
    kind: 'social',
    table: 'imports',
    help: 'Impressions of posts on social networks, and engagements with them.',
    texts: [source, campaign],
    numbers: [
      count('impressions', 'Times a post was shown.'),
      count('engagements', 'Likes, comments, shares, saves and clicks.'),
    ],
    atMost: [],
    pairs: [],
    example: { day: '2026-01-31', source: 'LinkedIn', campaign: 'winter', impressions: '5000', engagements: '150' },
  },
  {
    kind: 'market',
    table: 'imports',
    help: 'The size of a market and your share of it.',
    texts: [{ name: 'market', help: 'Name of the market.', dimension: null }],
    numbers: [
      { ...count('own_units', 'Units you sold.'), required: false },
      { ...count('market_units', 'Units sold by everybody, including you.'), required: false },
      { ...amount('own_revenue', 'Your revenue.'), required: false, most: 1e12 },
      { ...amount('market_revenue', 'Revenue of everybody, including you.'), required: false, most: 1e12 },
    ],
    atMost: [
      ['own_units', 'market_units'],
      ['own_revenue', 'market_revenue'],
    ],
    pairs: [
      ['own_units', 'market_units'],
      ['own_revenue', 'market_revenue'],
    ],
    example: {
      day: '2026-01-31',
      market: 'Sweden',
      own_units: '120',
      market_units: '4000',
      own_revenue: '2400',
      market_revenue: '90000',
      currency: 'EUR',
    },
  },
  {
    kind: 'ai_fetches',
    table: 'imports',
    help: 'Pages that crawlers and agents of AI services fetched from your server, by page and crawler.',
    texts: [
      { name: 'page', help: 'Path of the page, like /pricing.', dimension: 'page', longest: LIMITS.path },
      { name: 'crawler', help: 'Name of the crawler, like GPTBot.', dimension: 'crawler' },
    ],
    numbers: [count('fetches', 'Times it fetched the page with success.')],
    atMost: [],
    pairs: [],
    example: { day: '2026-01-31', page: '/pricing', crawler: 'GPTBot', fetches: '12' },
  },
  {
    kind: 'served_pages',
    table: 'imports',
    help: 'Pages that your server or CDN served to browsers, whether or not the script ran: HTML with status 200, without bots.',
    texts: [{ name: 'browser', help: 'Browser, as the dimension shows it, like Chrome.', dimension: 'browser' }],
    numbers: [
      count('pages', 'Pages served.'),
      optionalCount('sampled', 'Requests that the number was estimated from; not given if every request was counted.'),
    ],
    atMost: [['sampled', 'pages']],
    pairs: [],
    example: { day: '2026-01-31', browser: 'Chrome', pages: '1610', sampled: '161' },
  },
  {
    kind: 'days',
    table: 'imported_days',
    help: 'Days that another tool counted, in total and by one dimension each.',
    texts: [
      {
        name: 'dimension',
        help: `Dimension of the row; empty for the day's total: ${Object.keys(DAY_DIMENSIONS).join(', ')}; or ${ORIGIN}, which counts by channel, source, medium, campaign, term and content.`,
        dimension: null,
        values: ['', ...Object.keys(DAY_DIMENSIONS), ORIGIN],
        standsFor: { value: ORIGIN, others: ORIGIN_DIMENSIONS },
      },
      {
        name: 'value',
        help: `Value of the dimension, as the dimension shows it; of ${ORIGIN} the URL parameters of the landing page, like utm_source=news&utm_medium=email, with source=Google for a referrer.`,
        dimension: null,
        describedBy: 'dimension',
        longest: LIMITS.path,
      },
    ],
    numbers: DAY_NUMBERS,
    atMost: [
      ['bounces', 'sessions'],
      ['engaged_sessions', 'sessions'],
    ],
    pairs: [],
    example: {
      day: '2025-01-31',
      dimension: '',
      value: '',
      visitors: '120',
      sessions: '150',
      pageviews: '400',
      bounces: '60',
      engaged_sessions: '80',
      duration: '13500',
      events: '25',
    },
  },
] as const satisfies readonly ImportDefinition[]

export type ImportKind = (typeof IMPORTS)[number]['kind']

/**
 * The definition of a kind, `undefined` for an unknown one.
 * @example importDefinition('costs')?.numbers
 */
export const importDefinition = (kind: string): ImportDefinition | undefined =>
  IMPORTS.find(definition => definition.kind === kind)

/** Where imported rows go. */
export interface ImportTarget extends Pick<ImportDefinition, 'kind' | 'table'> {
  /** The tool that they come from, '' if unknown. */
  readonly source: string
  /** Set if the rows are all of their kind and days, so that others of these days are deleted. */
  readonly isWholeDays?: true
}

/**
 * True if rows of a kind hold money. All amounts of a row are in one currency, which is not part of its key.
 * @example hasCurrency(IMPORTS[0]) // true
 */
export const hasCurrency = ({ numbers }: ImportDefinition): boolean => numbers.some(({ form }) => form === 'amount')

const MEDIUM: ImportColumn = {
  name: 'medium',
  help: 'Medium, as in utm_medium. In a row without a channel, the channel follows from source, medium and campaign.',
  form: 'text',
  required: false,
  isKey: false,
}

/** The columns of a kind in the order of its template. */
export const importColumns = (definition: ImportDefinition): ImportColumn[] => [
  { name: 'day', help: "Day in the site's time zone, like 2026-01-31.", form: 'day', required: true, isKey: true },
  ...definition.texts.map(
    ({ name, help, longest }) =>
      ({ name, help, form: 'text', required: false, isKey: true, ...(longest && { longest }) }) as const,
  ),
  ...(definition.takesMedium ? [MEDIUM] : []),
  ...definition.numbers.map(({ name, help, form, required }) => ({ name, help, form, required, isKey: false })),
  ...(hasCurrency(definition)
    ? [
        {
          name: 'currency',
          help: "Currency of the row's amounts, ISO 4217; the site's by default.",
          form: 'currency',
          required: false,
          isKey: false,
        } as const,
      ]
    : []),
]

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
  readonly help: string
  readonly texts: readonly ImportText[]
  readonly numbers: readonly ImportNumber[]
  /** Numbers that must not be larger than another one. */
  readonly atMost: readonly (readonly [part: string, whole: string])[]
  /** Numbers that are given together or not at all; a row needs at least one of the pairs. */
  readonly pairs: readonly (readonly [string, string])[]
  /** The example row of the template, by column. */
  readonly example: Readonly<Record<string, string>>
}

/** A column of a kind's CSV, and a field of its JSON. */
export interface ImportColumn {
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
    help: 'Marketing costs.',
    texts: [channel, source, campaign],
    numbers: [amount('amount', 'Money spent.')],
    atMost: [],
    pairs: [],
    example: {
      day: '2026-01-31',
      channel: 'Paid search',
      source: 'Google',
      campaign: 'winter',
      amount: '120.50',
      currency: 'EUR',
    },
  },
  {
    kind: 'email',
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
] as const satisfies readonly ImportDefinition[]

export type ImportKind = (typeof IMPORTS)[number]['kind']

/**
 * The definition of a kind, `undefined` for an unknown one.
 * @example importDefinition('costs')?.numbers
 */
export const importDefinition = (kind: string): ImportDefinition | undefined =>
  IMPORTS.find(definition => definition.kind === kind)

/**
 * True if rows of a kind hold money. All amounts of a row are in one currency, which is not part of its key.
 * @example hasCurrency(IMPORTS[0]) // true
 */
export const hasCurrency = ({ numbers }: ImportDefinition): boolean => numbers.some(({ form }) => form === 'amount')

/** The columns of a kind in the order of its template. */
export const importColumns = (definition: ImportDefinition): ImportColumn[] => [
  { name: 'day', help: "Day in the site's time zone, like 2026-01-31.", form: 'day', required: true, isKey: true },
  ...definition.texts.map(({ name, help }) => ({ name, help, form: 'text', required: false, isKey: true }) as const),
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

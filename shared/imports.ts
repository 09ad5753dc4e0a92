/**
 * The one list of what can be imported: numbers that no browser sees, a row for a day and what it
 * describes. Reading, storing, the template, the API's description and the docs are made from it.
 *
 * The order of `texts` is stored, as the key of a row: never reorder, never add, never remove.
 */
import { LIMITS } from './limits.ts'

/** A text that, with the day and the other texts, tells which row this is; `''` where it is not given. */
export interface ImportText {
  readonly name: string
  readonly help: string
  /** The dimension whose values it holds, `null` when it is none. */
  readonly dimension: string | null
}

export interface ImportNumber {
  readonly name: string
  readonly help: string
  /** A whole number, or an amount of money in major units. */
  readonly form: 'count' | 'amount'
  /** A number that is not required and not given is unknown, and is not stored. */
  readonly required: boolean
  /** The largest that is taken, in major units; the smallest is 0. */
  readonly most: number
}

export interface ImportDefinition {
  readonly kind: string
  readonly help: string
  readonly texts: readonly ImportText[]
  readonly numbers: readonly ImportNumber[]
  /** Numbers that are part of another one. */
  readonly atMost: readonly (readonly [part: string, whole: string])[]
  /** Numbers that are given together or not at all; of a kind that has pairs, a row needs one at least. */
  readonly pairs: readonly (readonly [string, string])[]
  /** A row by the names of its columns, as the template shows it. */
  readonly example: Readonly<Record<string, string>>
}

/** A column of a kind's CSV, which is a field of its JSON. */
export interface ImportColumn {
  readonly name: string
  readonly help: string
  readonly form: 'day' | 'text' | ImportNumber['form'] | 'currency'
  readonly required: boolean
  /** Whether it tells which row this is. */
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
    help: 'What marketing cost.',
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
    help: 'What became of the e-mails of a campaign that were delivered on a day.',
    texts: [campaign],
    numbers: [
      count('delivered', 'E-mails delivered.'),
      count('opens', 'Of these, opened once or more.'),
      count('clicks', 'Of these, with a link followed once or more.'),
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
    help: 'How often posts were shown on social networks, and what people did with them.',
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
    help: 'The size of a market, and your part of it.',
    texts: [{ name: 'market', help: 'Name of the market.', dimension: null }],
    numbers: [
      { ...count('own_units', 'Units you sold.'), required: false },
      { ...count('market_units', 'Units everybody sold, you too.'), required: false },
      { ...amount('own_revenue', 'Your revenue.'), required: false, most: 1e12 },
      { ...amount('market_revenue', "Everybody's revenue, yours too."), required: false, most: 1e12 },
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
 * The definition of a kind, `undefined` when there is none.
 * @example importDefinition('costs')?.numbers
 */
export const importDefinition = (kind: string): ImportDefinition | undefined =>
  IMPORTS.find(definition => definition.kind === kind)

/**
 * Whether rows of a kind hold money. All money of a row is of one currency, which is no part of its key.
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
          help: "Currency of the row's money, ISO 4217; the site's when not given.",
          form: 'currency',
          required: false,
          isKey: false,
        } as const,
      ]
    : []),
]

import { FIRST_CUSTOM_EVENT } from '../../shared/events'
import type { DictionaryName } from './dictionaryName'

interface ColumnOfAnyKind {
  /** Why a person's export leaves the column out. */
  readonly notExported?: string
}

/** A part of the primary key, a value, or a value as JSON. */
interface PlainColumn extends ColumnOfAnyKind {
  readonly kind: 'key' | 'value' | 'json'
  /** The number that says that nobody reported any, in a column that takes no null. */
  readonly unreported?: number
}

/** The id of a dictionary's row. */
interface Reference extends ColumnOfAnyKind {
  readonly kind: 'reference'
  readonly dictionary: DictionaryName
  /** What is added to the id; a smaller number refers to no row. */
  readonly offset: number
}

/** A JSON array of columns of `events`. A new one goes last: the arrays that are stored are shorter, and have null there. */
interface PackedColumn extends ColumnOfAnyKind {
  readonly kind: 'packed'
  readonly holds: readonly EventColumn[]
}

export type Column = PlainColumn | Reference | PackedColumn

export interface Table {
  /** Without `site`. Those of kind `key` are in the order of the primary key. */
  readonly columns: Readonly<Record<string, Column>>
  /** Why no backup of a site holds the table. */
  readonly notBackedUp?: string
  /** Why a person's export holds nothing of the table. */
  readonly notExported?: string
  /** Whether the table has no column `site`. */
  readonly isOfAllSites?: true
}

/**
 * The columns of the tables of repeated strings, beside `id` and `site`. A new one goes last: events that wait in the
 * queue during an upgrade hold their strings by position.
 */
export const DICTIONARIES = {
  pages: ['hostname', 'path'],
  sources: ['channel', 'source', 'medium', 'campaign', 'term', 'content', 'referrer', 'utm_id'],
  places: ['country', 'region', 'city'],
  devices: ['device', 'browser', 'os', 'language', 'gpc'],
  names: ['name'],
} as const satisfies Record<DictionaryName, readonly string[]>

const KEY = { kind: 'key' } as const
const VALUE = { kind: 'value' } as const
const JSON_TEXT = { kind: 'json' } as const
const REPORTED = { kind: 'value', unreported: -1 } as const

const reference = <Name extends DictionaryName>(dictionary: Name, offset = 0) =>
  ({ kind: 'reference', dictionary, offset }) as const

/** Where something happened and how somebody came there. */
const CONTEXT = {
  page: reference('pages'),
  source: reference('sources'),
  place: reference('places'),
  device: reference('devices'),
  previous: { ...VALUE, notExported: "the visitor's number of the day before, which has page views of its own" },
} as const

const ROW_ID = { ...KEY, notExported: 'tells rows of one hour apart and says nothing of a person' } as const

const FROM_EVENTS = { ...VALUE, notExported: 'follows from the page views and events, which are exported' } as const

const DERIVED = 'follows from page views and events'
const NOBODY = 'says nothing of a person'
const INSTALLATION = 'belongs to an installation and to no site'
const OF_TEAM = 'is about those who sign in, not about visitors'

const EVENTS = {
  hour: KEY,
  visitor: KEY,
  id: ROW_ID,
  at: VALUE,
  name: reference('names', FIRST_CUSTOM_EVENT),
  active: { ...VALUE, notExported: 'says how sessions count the event' },
  ...CONTEXT,
  currency: VALUE,
  value: VALUE,
  tax: VALUE,
  shipping: VALUE,
  transaction_id: VALUE,
  items: JSON_TEXT,
  properties: JSON_TEXT,
  unconfirmed: VALUE,
} as const

type EventColumn = keyof typeof EVENTS

/**
 * Every table that is no dictionary, each column once. Statements, backups, a person's export and the rows that are
 * stored follow from it; a test compares it with the database after all migrations. Backups are read in this order.
 */
export const TABLES = {
  views: {
    columns: {
      hour: KEY,
      visitor: KEY,
      id: ROW_ID,
      at: VALUE,
      ...CONTEXT,
      seen: VALUE,
      depth: REPORTED,
      clicks: REPORTED,
      lcp: REPORTED,
      inp: REPORTED,
      cls: REPORTED,
    },
  },
  events: { columns: EVENTS },
  purchases: {
    columns: {
      transaction_id: KEY,
      time: KEY,
      sent_id: KEY,
      sent_visitor: KEY,
      id: ROW_ID,
      visitor: KEY,
      browser: { ...VALUE, notExported: 'the event of the order says whether only a browser sent it' },
      context: { kind: 'packed', holds: ['page', 'source', 'place', 'device', 'previous'] },
      amounts: {
        kind: 'packed',
        holds: ['active', 'currency', 'value', 'tax', 'shipping', 'items', 'properties'],
      },
    },
  },
  event_ids: {
    columns: {
      key: KEY,
      time: VALUE,
      sent_visitor: VALUE,
      visitor: { ...VALUE, notExported: 'stands in the row of the event, which is exported' },
      id: { ...VALUE, notExported: 'stands in the row of the event, which is exported' },
      transaction_id: VALUE,
    },
  },
  identities: { columns: { visitor: KEY, user: KEY, since: VALUE } },
  imports: {
    columns: { kind: KEY, day: KEY, row_key: KEY, texts: JSON_TEXT, currency: VALUE, numbers: JSON_TEXT },
    notExported: NOBODY,
  },
  imported_days: {
    columns: {
      dimension: KEY,
      day: KEY,
      value: KEY,
      visitors: VALUE,
      sessions: VALUE,
      pageviews: VALUE,
      bounces: VALUE,
      engaged_sessions: VALUE,
      duration: VALUE,
      events: VALUE,
    },
    notExported: NOBODY,
  },
  refusals: { columns: { day: KEY, reason: KEY, count: VALUE }, notExported: NOBODY },
  excluded_traffic: {
    columns: {
      day: KEY,
      id: KEY,
      verdicts: VALUE,
      counted: VALUE,
      requests: VALUE,
      page: VALUE,
      network: VALUE,
      agent: VALUE,
      filters: JSON_TEXT,
      events: JSON_TEXT,
    },
    notExported: 'is taken for the traffic of programs, or of people whom the site excludes',
  },
  sums: {
    columns: { dimension: KEY, day: KEY, part: KEY, version: VALUE, reach: VALUE, cells: JSON_TEXT },
    notExported: 'numbers of all visitors together',
  },
  visits: {
    columns: {
      hour: KEY,
      visitor: { ...KEY, notExported: FROM_EVENTS.notExported },
      at: KEY,
      next: FROM_EVENTS,
      last: FROM_EVENTS,
      duration: VALUE,
      cut: FROM_EVENTS,
      seen: FROM_EVENTS,
      views: VALUE,
      clicks: REPORTED,
      actions: VALUE,
      events: FROM_EVENTS,
      entry: { ...reference('pages'), notExported: FROM_EVENTS.notExported },
      exit: { ...reference('pages'), notExported: FROM_EVENTS.notExported },
      source: { ...reference('sources'), notExported: FROM_EVENTS.notExported },
      place: { ...reference('places'), notExported: FROM_EVENTS.notExported },
      device: { ...reference('devices'), notExported: FROM_EVENTS.notExported },
    },
    notBackedUp: DERIVED,
  },
  reaches: {
    columns: { hour: KEY, visitor: KEY, began: KEY },
    notBackedUp: 'follows from page views',
    notExported: 'follows from page views, which are exported',
  },
  settlements: {
    columns: { version: VALUE, settled: VALUE, closing: VALUE, open: JSON_TEXT },
    notBackedUp: DERIVED,
    notExported: 'numbers of the visitors of the last hours, whose page views and events are exported',
  },
  dirty: {
    columns: { visitor: KEY, hour: KEY, changes: VALUE },
    notBackedUp: DERIVED,
    notExported: 'says which sessions must be derived again',
  },
  rollups: {
    columns: { until: VALUE, zone: VALUE, since: VALUE, rules: VALUE, missing_before: VALUE },
    notBackedUp: DERIVED,
    notExported: NOBODY,
  },
  touched: {
    columns: { first_hour: KEY, last_hour: KEY, version: VALUE },
    notBackedUp: DERIVED,
    notExported: NOBODY,
  },
  running: {
    columns: { day: KEY, version: VALUE, zone: VALUE, cells: JSON_TEXT, people: JSON_TEXT, ids: JSON_TEXT },
    notBackedUp: DERIVED,
    notExported: 'numbers of the visitors of a day, whose page views and events are exported',
  },
  hour_sums: {
    columns: { dimension: KEY, hour: KEY, cells: JSON_TEXT },
    notBackedUp: DERIVED,
    notExported: 'numbers of all visitors together',
  },
  day_people: {
    columns: { day: KEY, version: VALUE, people: JSON_TEXT, begins: JSON_TEXT, ids: JSON_TEXT },
    notBackedUp: DERIVED,
    notExported: 'numbers of the visitors of a day, whose page views and events are exported',
  },
  sent_events: {
    columns: { name: KEY },
    notBackedUp: 'fills again as events are sent',
    notExported: NOBODY,
  },
  availability: {
    columns: { metrics: JSON_TEXT },
    notBackedUp: DERIVED,
    notExported: NOBODY,
  },
  deliveries: {
    columns: { subject: KEY, recipient: KEY, state: VALUE, tries: VALUE, at: VALUE, problem: VALUE },
    notBackedUp: 'says what this installation sent',
    notExported: NOBODY,
  },
  alarms: {
    columns: { alarm: KEY, checked: VALUE, since: VALUE },
    notBackedUp: 'says what this installation looked at',
    notExported: NOBODY,
  },
  edge_fetches: {
    columns: { day: VALUE, tried: VALUE, problem: VALUE },
    notBackedUp: 'says what this installation fetched',
    notExported: NOBODY,
  },
  keys: {
    columns: { id: KEY, name: VALUE, scope: VALUE, digest: VALUE, created: VALUE, expires: VALUE },
    notBackedUp: 'secrets are shown once; whoever restores a site makes new keys',
    notExported: NOBODY,
  },
  webhook_secrets: {
    columns: { provider: KEY, secret: VALUE },
    notBackedUp: 'secrets are write only; whoever restores a site enters them again',
    notExported: NOBODY,
  },
  shares: {
    columns: {
      id: KEY,
      name: VALUE,
      digest: VALUE,
      query: JSON_TEXT,
      created: VALUE,
      expires: VALUE,
      view: JSON_TEXT,
      password: VALUE,
      tried: VALUE,
      tries: VALUE,
    },
    notBackedUp: 'addresses are shown once; whoever restores a site makes new ones',
    notExported: NOBODY,
  },
  exported_days: {
    columns: { last_hour: KEY, first_hour: VALUE, day: VALUE, tables: VALUE, missing: VALUE, changes: VALUE },
    notBackedUp: 'says what is in the bucket of an installation',
    notExported: NOBODY,
  },
  salts: {
    columns: { day: KEY, salt: VALUE, created: VALUE },
    notBackedUp: 'salts must be destroyed within 48 hours, wherever they are',
    notExported: NOBODY,
  },
  additions: {
    columns: { dictionary: KEY, sender: KEY, day: VALUE, count: VALUE },
    notBackedUp: 'counts of one day',
    notExported: NOBODY,
  },
  restores: {
    columns: { domain: VALUE, header: JSON_TEXT, part: VALUE },
    notBackedUp: 'a restore that is under way',
    notExported: NOBODY,
  },
  sites: {
    columns: {
      id: KEY,
      domain: VALUE,
      name: VALUE,
      timezone: VALUE,
      currency: VALUE,
      settings: JSON_TEXT,
      secret: VALUE,
      created: VALUE,
      kept_from: VALUE,
      kept_day: VALUE,
      store: VALUE,
      imported_from: VALUE,
      imported_to: VALUE,
      imported_source: VALUE,
    },
    notBackedUp: 'the first part of a backup holds the site',
    notExported: NOBODY,
    isOfAllSites: true,
  },
  cron_runs: {
    columns: { since: KEY, until: VALUE, quota_from: VALUE },
    notBackedUp: INSTALLATION,
    notExported: NOBODY,
    isOfAllSites: true,
  },
  sign_ins: {
    columns: { digest: KEY, key: VALUE, expires: VALUE, member: VALUE },
    notBackedUp: 'belongs to a browser and to no site',
    notExported: NOBODY,
    isOfAllSites: true,
  },
  memberships: {
    columns: { member: KEY },
    notBackedUp: 'whoever restores a site says who may see it',
    notExported: OF_TEAM,
  },
  members: {
    columns: { id: KEY, name: VALUE, role: VALUE, every_site: VALUE, email: VALUE, created: VALUE },
    notBackedUp: INSTALLATION,
    notExported: OF_TEAM,
    isOfAllSites: true,
  },
  invites: {
    columns: { digest: KEY, member: VALUE, expires: VALUE, used: VALUE },
    notBackedUp: INSTALLATION,
    notExported: OF_TEAM,
    isOfAllSites: true,
  },
  passkeys: {
    columns: { id: KEY, member: VALUE, public_key: VALUE, counter: VALUE, created: VALUE },
    notBackedUp: INSTALLATION,
    notExported: OF_TEAM,
    isOfAllSites: true,
  },
  challenges: {
    columns: { digest: KEY, expires: VALUE },
    notBackedUp: INSTALLATION,
    notExported: OF_TEAM,
    isOfAllSites: true,
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof TABLES

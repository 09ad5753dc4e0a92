import { toMajor } from '../lib/money'
import type { DictionaryName } from '../storage/dictionaryName'
import { DICTIONARIES } from '../storage/schema'
import type { ExportColumn, ExportRow, ExportType, ExportValue, RowReader } from './exportColumn'

/** @example column('page_views', 'integer', 'Page views of the session.', ({ values }) => values.views ?? null) */
export const column = (
  name: string,
  type: ExportType,
  help: string,
  of: (row: ExportRow, reader: RowReader) => ExportValue,
): ExportColumn => ({ name, type, help, of })

/** A column that is read as it is. */
export const plain = (name: string, type: ExportType, help: string, from = name): ExportColumn =>
  column(name, type, help, ({ values }) => values[from] ?? null)

/** A number of SQL that says yes or no. */
export const flag = (name: string, help: string, from = name): ExportColumn =>
  column(name, 'boolean', help, ({ values }) => Boolean(values[from]))

/** Stored milliseconds as seconds. */
export const seconds = (name: string, help: string, from: string): ExportColumn =>
  column(name, 'number', help, ({ values }) => (values[from] === null ? null : Number(values[from]) / 1000))

/** Stored minor units as an amount of the row's currency. */
export const money = (name: string, help: string): ExportColumn =>
  column(name, 'number', help, ({ values }) => {
    const { [name]: amount, currency } = values
    return typeof amount === 'number' ? toMajor(amount, String(currency ?? '')) : null
  })

/** When it happened, and the local day of that. */
export const happened = (what: string): readonly ExportColumn[] => [
  column('time', 'time', `When ${what}, in UTC.`, ({ values }) => Number(values.time)),
  column('day', 'day', "The same day in the site's time zone.", ({ values }, { day }) => day(Number(values.time))),
]

export const VISITOR: readonly ExportColumn[] = [
  column(
    'visitor',
    'text',
    'Pseudonym of the visitor, or of the user after identify. The same in every export of the site; a cookieless visitor has another one every day.',
    ({ values }, { visitor }) => visitor(Number(values.person)),
  ),
  column(
    'persistent',
    'boolean',
    'Whether the visitor has an id that lasts longer than a day.',
    ({ values }) => Number(values.person) < 0,
  ),
]

const idOf = (
  { person, begin }: Pick<Exclude<ExportRow['session'], null>, 'person' | 'begin'>,
  { visitor }: RowReader,
) => `${visitor(person)}-${begin.toString(36)}`

export const SESSION = column(
  'session',
  'text',
  'Session id; null for an event outside any session.',
  ({ session }, reader) => session && idOf(session, reader),
)

/** The id of a session in its own row. */
export const OWN_SESSION = column('session', 'text', 'Id of the session.', ({ values }, reader) =>
  idOf({ person: Number(values.person), begin: Number(values.time) }, reader),
)

/** Columns of the page whose id a column holds. */
export const pageColumns = (): readonly ExportColumn[] => [
  column('hostname', 'text', 'Host of the page.', ({ values }, { text }) => text('pages', values.page, 'hostname')),
  column('page', 'text', 'Path of the page.', ({ values }, { text }) => text('pages', values.page, 'path')),
]

const HELP: Readonly<Record<string, string>> = {
  channel: 'Default channel group of the source; Direct without one.',
  source: 'Site or campaign source that the session came from.',
  medium: 'Kind of source, from utm_medium.',
  campaign: 'Campaign, from utm_campaign.',
  term: 'Search term, from utm_term.',
  content: 'Version of an advertisement, from utm_content.',
  referrer: 'Address of the page that linked to the site.',
  utm_id: 'Id of the campaign, from utm_id.',
  country: 'Country, as an ISO 3166 code of two letters.',
  region: 'Region of the country.',
  city: 'City.',
  device: 'desktop, mobile, tablet or tv.',
  browser: 'Browser.',
  os: 'Operating system.',
  language: 'Preferred language of the browser.',
  gpc: 'yes if the browser sends Global Privacy Control.',
}

const WITHOUT: Readonly<Record<string, string>> = { channel: 'Direct' }

const ofDictionary = (dictionary: DictionaryName, id: 'source' | 'place' | 'device'): readonly ExportColumn[] =>
  DICTIONARIES[dictionary].map(name =>
    column(
      name,
      'text',
      HELP[name] ?? '',
      ({ values, session }, { text }) =>
        text(dictionary, session ? session[id] : values[id], name) ?? WITHOUT[name] ?? null,
    ),
  )

/** Where the session came from, where it was and on which device; of an event outside of every session, its own. */
export const ORIGIN: readonly ExportColumn[] = [
  ...ofDictionary('sources', 'source'),
  ...ofDictionary('places', 'place'),
  ...ofDictionary('devices', 'device'),
]

import { EVENTS } from '../../shared/events'
import { DAY_DIMENSIONS, IMPORTS, type ImportKind } from '../../shared/imports'
import type { SessionColumn } from '../relations/sql/sessionColumns'

interface Join {
  /** Whether it is of the session `s`, or of the page view or event `f`. */
  readonly level: 'session' | 'event'
  readonly sql: string
  /** The column of sessions that it reads besides the visitor id, if any. */
  readonly column: SessionColumn | null
}

/** Tables that a dimension's SQL needs besides the session `s` or the page view or event `f`. */
export const JOINS = {
  source: { level: 'session', sql: 'left join sources src on src.id = s.source', column: 'source' },
  place: { level: 'session', sql: 'left join places plc on plc.id = s.place', column: 'place' },
  device: { level: 'session', sql: 'left join devices dev on dev.id = s.device', column: 'device' },
  entry: { level: 'session', sql: 'left join pages ent on ent.id = s.entry', column: 'entry' },
  exit: { level: 'session', sql: 'left join pages ext on ext.id = s.exit', column: 'exit' },
  first: { level: 'session', sql: 'left join firsts fst on fst.visitor = s.person', column: null },
  page: { level: 'event', sql: 'left join pages pag on pag.id = f.page', column: null },
  name: { level: 'event', sql: 'left join names nam on nam.id = f.name - 1000', column: null },
} as const satisfies Record<string, Join>

export type JoinName = keyof typeof JOINS

/** SQL of a dimension; a function where it binds values. */
export type DimensionSql = string | ((bind: (value: string) => string) => string)

export interface Dimension {
  readonly id: string
  readonly help: string
  /** The thing that it describes. */
  readonly level: 'session' | 'event' | 'cohort' | 'goal' | 'import'
  readonly joins: readonly JoinName[]
  /** SQL over the session `s` or the page view or event `f`; an event without a value is null and in no group. */
  readonly expression: DimensionSql
  /** For events with several values: the JSON list in `f`, and the value of an element by the element's alias. */
  readonly each?: { readonly list: string; element(alias: string): string }
  /**
   * How many dimensions this one combines: every row is in a group of each. `several.value` is the position of one of
   * them.
   */
  readonly several?: number
  /** Kinds of imported rows that have a column of its name. */
  readonly imported?: readonly ImportKind[]
  /** Set if daily rollups are stored by it: it is used often and has few values. */
  readonly rolled?: true
  /** SQL over a guide run `r`. */
  readonly ofRun?: string
}

/** Kinds of imports with a column of a dimension's name. */
const IMPORTED: Readonly<Record<string, readonly ImportKind[]>> = Object.fromEntries(
  ['channel', 'source', 'campaign', 'page', 'browser', 'crawler'].map(id => [
    id,
    IMPORTS.filter(({ texts }) => texts.some(text => text.dimension === id)).map(({ kind }) => kind),
  ]),
)

const importedBy = (id: string): Pick<Dimension, 'imported'> => (IMPORTED[id] ? { imported: IMPORTED[id] } : {})

const MISSING: Readonly<Record<string, string>> = DAY_DIMENSIONS

const session = (
  id: string,
  help: string,
  join: JoinName,
  column: string,
  missing = MISSING[id] ?? '(not set)',
): Dimension => ({
  ...importedBy(id),
  id,
  help,
  level: 'session',
  joins: [join],
  expression: `coalesce(nullif(${column}, ''), '${missing}')`,
})

const property = (name: string): string => `(f.properties->>'${name}')`

const ITEM = { list: 'f.items', element: (alias: string) => `(${alias}.value->>'item_id')` }
const CATEGORY = {
  list: 'f.items',
  element: (alias: string) => `coalesce(${alias}.value->>'item_category', '(not set)')`,
}

const EVENT_NAMES = JSON.stringify(EVENTS.map(({ name }) => name))

/** All dimensions except `property:<name>`. A new dimension is one entry. */
export const DIMENSIONS: readonly Dimension[] = [
  {
    id: 'page',
    help: 'Path of the page.',
    level: 'event',
    joins: ['page'],
    expression: "coalesce(nullif(pag.path, ''), '(not set)')",
    rolled: true,
    ...importedBy('page'),
  },
  { ...session('entry_page', 'Path of the first page of the session.', 'entry', 'ent.path'), rolled: true },
  { ...session('exit_page', 'Path of the last page of the session.', 'exit', 'ext.path'), rolled: true },
  {
    id: 'hostname',
    help: 'Host of the page.',
    level: 'event',
    joins: ['page'],
    expression: "coalesce(nullif(pag.hostname, ''), '(not set)')",
  },
  { ...session('channel', 'Default channel group of the source.', 'source', 'src.channel'), rolled: true },
  {
    ...session('source', 'Site or campaign source that the session came from.', 'source', 'src.source'),
    rolled: true,
  },
  session('medium', 'Kind of source, from utm_medium.', 'source', 'src.medium'),
  { ...session('campaign', 'Campaign, from utm_campaign.', 'source', 'src.campaign'), rolled: true },
  session('term', 'Search term, from utm_term.', 'source', 'src.term'),
  session('content', 'Version of an advertisement, from utm_content.', 'source', 'src.content'),
  session('utm_id', 'Id of the campaign, from utm_id.', 'source', 'src.utm_id'),
  session('referrer', 'Address of the page that linked to the site.', 'source', 'src.referrer'),
  { ...session('country', 'Country, as an ISO 3166 code of two letters.', 'place', 'plc.country'), rolled: true },
  session('region', 'Region of the country.', 'place', 'plc.region'),
  session('city', 'City.', 'place', 'plc.city'),
  { ...session('device', 'desktop, mobile, tablet or tv.', 'device', 'dev.device'), rolled: true },
  { ...session('browser', 'Browser.', 'device', 'dev.browser'), rolled: true },
  { ...session('os', 'Operating system.', 'device', 'dev.os'), rolled: true },
  session('language', 'Preferred language of the browser.', 'device', 'dev.language'),
  session('gpc', 'yes if the browser sends Global Privacy Control, else no.', 'device', 'dev.gpc', 'no'),
  {
    id: 'visitor_type',
    help: 'new in the first session of a visitor with a persistent id, returning after that.',
    level: 'session',
    joins: ['first'],
    expression:
      "case when s.person > 0 or s.begin is null then '(not set)' when fst.first = s.begin then 'new' else 'returning' end",
  },
  {
    id: 'event',
    help: 'Name of the event; page_view for page views.',
    level: 'event',
    joins: ['name'],
    expression: bind => `coalesce(nam.name, (select value from json_each(${bind(EVENT_NAMES)}) where key = f.name))`,
  },
  {
    id: 'item',
    help: 'item_id of the items of an event.',
    level: 'event',
    joins: [],
    expression: ITEM.element('one'),
    each: ITEM,
  },
  {
    id: 'item_category',
    help: 'item_category of the items of an event.',
    level: 'event',
    joins: [],
    expression: CATEGORY.element('one'),
    each: CATEGORY,
  },
  {
    id: 'guide',
    help: 'guide_id of the guide.',
    level: 'event',
    joins: [],
    expression: property('guide_id'),
    ofRun: 'r.guide',
  },
  {
    id: 'guide_step',
    help: 'Step of the guide.',
    level: 'event',
    joins: [],
    expression: `cast(${property('step')} as text)`,
    ofRun: 'cast(r.step as text)',
  },
  {
    id: 'feature',
    help: 'Feature of the product that was used.',
    level: 'event',
    joins: [],
    expression: property('feature'),
  },
  { id: 'goal', help: 'Id of the goal that was reached.', level: 'goal', joins: [], expression: 'label' },
  {
    id: 'crawler',
    help: 'Crawler or agent of an AI service that fetched a page.',
    level: 'import',
    joins: [],
    expression: 'null',
    ...importedBy('crawler'),
  },
  { id: 'cohort', help: 'When a visitor was first seen.', level: 'cohort', joins: [], expression: 'cohort' },
]

const byId = new Map(DIMENSIONS.map(dimension => [dimension.id, dimension]))

const PROPERTY = 'property:'

/**
 * The dimension with an id; `property:<name>` is one for every name.
 * @example dimensionOf('country')?.level // 'session'
 */
export const dimensionOf = (id: string): Dimension | undefined => {
  if (!id.startsWith(PROPERTY) || id.length === PROPERTY.length) return byId.get(id)
  const name = id.slice(PROPERTY.length)
  return {
    id,
    help: `Property ${name} of events.`,
    level: 'event',
    joins: [],
    expression: bind =>
      `(select case p.type when 'true' then 'true' when 'false' then 'false' else cast(p.value as text) end from json_each(f.properties) p where p.key = ${bind(name)})`,
  }
}

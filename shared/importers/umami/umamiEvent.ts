import { databaseTime } from '../databaseTime.ts'
import type { ImportedEvent } from '../importFormat.ts'
import type { ReadCell } from '../tablePart.ts'
import type { UmamiSession } from './umamiSessions.ts'

/** What is needed of a row of an event besides its own cells. */
export interface EventContext {
  readonly domain: string
  readonly session: UmamiSession
  readonly properties: Readonly<Record<string, unknown>>
}

/** Why a row is not imported. */
export type Reason = string

type Row = readonly string[]

/** The event_type of a page view and of a custom event; higher ones are links, pixels and web vitals. */
const VIEW = '1'
const CUSTOM = '2'
const VITALS = '5'

const withMark = (mark: string, text: string): string => (text === '' || text.startsWith(mark) ? text : mark + text)

const urlOf = (host: string, path: string, query: string): string =>
  `https://${host}${withMark('/', path)}${withMark('?', query)}`

/** An address of v1, which stores only the path of the own site. */
const referrerOfV1 = (text: string): string => (/^https?:/.test(text) ? text : '')

const PURCHASE = 'purchase'

/** Umami has no numbers of orders, so the id of its event is that of the order. */
const orderOf = (name: string, id: string, { transaction_id }: EventContext['properties']) =>
  name === PURCHASE && transaction_id === undefined ? { transaction_id: id } : {}

const common = (id: string, time: number, session: string, context: EventContext) => {
  const { hostname: _, ...known } = context.session
  return { id: `umami-${id}`, time, visitor_id: session, ...known }
}

/** An event of the table website_event, or why it does not come along. */
export const umamiEvent = (row: Row, cell: ReadCell, context: EventContext): ImportedEvent | Reason => {
  const type = cell(row, 'event_type') || VIEW
  if (type === VITALS) return 'rows of web vitals, which Umami does not store with their page views'
  if (type !== VIEW && type !== CUSTOM) return 'clicks on links and pixels of Umami, which are on no page of the site'
  const name = type === VIEW ? 'page_view' : cell(row, 'event_name')
  if (name === '') return 'custom events without a name'
  const time = databaseTime(cell(row, 'created_at'))
  if (Number.isNaN(time)) return 'rows without a readable time'
  const id = cell(row, 'event_id')
  const domain = cell(row, 'referrer_domain')
  const tag = cell(row, 'tag')
  const host = cell(row, 'hostname') || context.session.hostname || context.domain
  return {
    ...common(id, time, cell(row, 'session_id'), context),
    name,
    url: urlOf(host, cell(row, 'url_path'), cell(row, 'url_query')),
    ...(domain !== '' && { referrer: urlOf(domain, cell(row, 'referrer_path'), cell(row, 'referrer_query')) }),
    ...(type === CUSTOM && {
      ...orderOf(name, id, context.properties),
      properties: tag === '' ? context.properties : { ...context.properties, tag },
    }),
  }
}

/** The same of a row of the tables pageview and event of v1. */
export const umamiEventOfV1 = (row: Row, cell: ReadCell, context: EventContext): ImportedEvent | Reason => {
  const time = databaseTime(cell(row, 'created_at'))
  if (Number.isNaN(time)) return 'rows without a readable time'
  const view = cell(row, 'view_id')
  const name = view === '' ? cell(row, 'event_name') || cell(row, 'event_type') : 'page_view'
  if (name === '') return 'custom events without a name'
  const id = view === '' ? `e${cell(row, 'event_id')}` : `v${view}`
  const value = cell(row, 'event_value')
  const referrer = referrerOfV1(cell(row, 'referrer'))
  return {
    ...common(id, time, cell(row, 'session_id'), context),
    name,
    url: urlOf(context.session.hostname ?? context.domain, cell(row, 'url'), ''),
    ...(referrer !== '' && { referrer }),
    ...(view === '' && { properties: value === '' ? context.properties : { ...context.properties, value } }),
  }
}

import { eventDefinition, eventId, FIRST_CUSTOM_EVENT, knownEvent } from '../../shared/events'
import { HOUR } from '../../shared/time'
import { type PackedName, packedIn } from './columns'
import type { Dictionaries } from './dictionaries'
import type { EventRow, FactRow, IdentityLink, PageViewRow } from './factRow'
import { EVENT_ID_ROW, EVENT_ROW, PURCHASE_ROW, VIEW_ROW } from './rowShapes'
import { mayBeFinal } from './watermark'

/** The epoch hour of a time. */
export const hourOf = (time: number): number => Math.floor(time / HOUR)
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

interface Ids {
  page: number | null
  source: number | null
  place: number | null
  device: number | null
}

const idsOf = (dictionaries: Dictionaries, fact: FactRow): Ids => ({
  page: dictionaries.id('pages', fact.page),
  source: dictionaries.id('sources', fact.source),
  place: dictionaries.id('places', fact.place),
  device: dictionaries.id('devices', fact.device),
})

/** Interns the entries of dictionaries that a fact refers to. */
export const internEntries = (dictionaries: Dictionaries, fact: FactRow): void => {
  const { client } = fact
  dictionaries.intern('pages', fact.page, client)
  dictionaries.intern('sources', fact.source, client)
  dictionaries.intern('places', fact.place, client)
  dictionaries.intern('devices', fact.device, client)
  if (fact.kind === 'event' && eventId(fact.name) === undefined) dictionaries.intern('names', [fact.name], client)
}

const nameId = (dictionaries: Dictionaries, name: string): number =>
  eventId(name) ?? FIRST_CUSTOM_EVENT + Number(dictionaries.id('names', [name]))

/** The id that the sender gave, where it must be looked up. */
type SentKey = Pick<FactRow, 'key' | 'sentVisitor'>

const NO_KEY: SentKey = { key: null, sentVisitor: '' }

const viewRow = (fact: PageViewRow, { page, source, place, device }: Ids, { key, sentVisitor }: SentKey): unknown[] =>
  VIEW_ROW.values<unknown>({
    hour: hourOf(fact.time),
    visitor: fact.visitor,
    id: fact.id,
    at: fact.time % HOUR,
    page,
    source,
    place,
    device,
    previous: fact.previous,
    seen: fact.seen,
    depth: fact.depth,
    clicks: fact.clicks,
    lcp: fact.vitals?.lcp ?? null,
    inp: fact.vitals?.inp ?? null,
    cls: fact.vitals?.cls ?? null,
    may_move: fact.browser && (fact.late || fact.seen + (fact.depth ?? 0) + (fact.clicks ?? 0) > 0) ? 1 : 0,
    event_key: key,
    sent_visitor: sentVisitor,
  })

type EventValues = Readonly<Record<(typeof EVENT_ROW.names)[number], unknown>>

const eventValues = (
  fact: EventRow,
  { page, source, place, device }: Ids,
  name: number,
  { key, sentVisitor }: SentKey,
): EventValues => ({
  hour: hourOf(fact.time),
  visitor: fact.visitor,
  id: fact.id,
  at: fact.time % HOUR,
  name,
  active: fact.active ? 1 : 0,
  page,
  source,
  place,
  device,
  previous: fact.previous,
  currency: fact.currency,
  value: fact.value,
  tax: fact.tax,
  shipping: fact.shipping,
  transaction_id: fact.transactionId,
  items: json(fact.items),
  properties: json(fact.properties),
  unconfirmed: fact.browser && eventDefinition(fact.name)?.money ? 1 : null,
  event_key: key,
  sent_visitor: sentVisitor,
  may_move: fact.late ? 1 : 0,
})

/** A list and not its text: each time that a text is put into JSON, its quotes take twice the bytes. */
const packed = (array: PackedName, values: EventValues): unknown[] => packedIn(array).map(column => values[column])

const purchaseRow = (fact: EventRow, values: EventValues): unknown[] =>
  PURCHASE_ROW.values<unknown>({
    transaction_id: fact.transactionId,
    time: fact.time,
    sent_id: fact.sentId,
    sent_visitor: fact.sentVisitor,
    id: fact.id,
    visitor: fact.visitor,
    browser: fact.browser ? 1 : 0,
    context: packed('context', values),
    amounts: packed('amounts', values),
    event_key: fact.key,
  })

const keyRow = (fact: FactRow, key: number, transaction: string | null): unknown[] =>
  EVENT_ID_ROW.values<unknown>({
    key,
    time: fact.time,
    sent_visitor: fact.sentVisitor,
    visitor: fact.visitor,
    id: fact.id,
    transaction_id: transaction,
  })

/** The hours that a late fact makes stale: those in which its page was seen, and the morning of the visitor's next day. */
const lateHoursOf = (fact: FactRow, now: number): unknown[] => {
  if (!mayBeFinal(fact.time, now)) return []
  const first = hourOf(fact.time)
  const last = hourOf(fact.time + (fact.kind === 'view' ? fact.seen : 0))
  const hours: unknown[] = []
  for (let hour = first; hour <= last; hour++) {
    hours.push([fact.visitor, hour, fact.time, ...(fact.kind === 'view' ? [first, fact.id] : [])])
  }
  if (fact.next !== null) for (let hour = first; hour <= last + 1; hour++) hours.push([fact.next, hour, fact.time])
  return hours
}

const NONE: readonly unknown[] = []

/** The later hours a page was still seen in. */
const reachesOf = (fact: PageViewRow): readonly unknown[] => {
  const first = hourOf(fact.time)
  const last = hourOf(fact.time + fact.seen)
  if (first === last) return NONE
  return Array.from({ length: last - first }, (_, index) => [
    fact.visitor,
    first + 1 + index,
    fact.time,
    first,
    fact.id,
  ])
}

const isPurchase = (fact: FactRow): boolean => fact.kind === 'event' && eventId(fact.name) === knownEvent('purchase')

/** The transaction of a purchase, `null` for everything else. */
export const transactionOf = (fact: FactRow): string | null =>
  fact.kind === 'event' && isPurchase(fact) ? fact.transactionId : null

/** The facts of a list without duplicates: of those with one id, the earliest. */
export const earliestOfEach = (facts: readonly FactRow[]): FactRow[] => {
  if (facts.every(({ key }) => key === null)) return [...facts]
  const best = new Map<number, FactRow>()
  const before = (a: FactRow, b: FactRow): boolean =>
    a.time !== b.time ? a.time < b.time : a.sentVisitor !== b.sentVisitor ? a.sentVisitor < b.sentVisitor : a.id < b.id
  for (const fact of facts) {
    if (fact.key === null) continue
    const other = best.get(fact.key)
    if (!other || before(fact, other)) best.set(fact.key, fact)
  }
  return facts.filter(fact => fact.key === null || best.get(fact.key) === fact)
}

/** One link for each visitor and user: the earliest. */
export const earliestLinks = (links: readonly IdentityLink[]): IdentityLink[] => {
  if (links.length === 0) return []
  const best = new Map<string, IdentityLink>()
  for (const link of links) {
    const key = `${link.visitor}/${link.user}`
    const other = best.get(key)
    if (!other || link.since < other.since) best.set(key, link)
  }
  return [...best.values()]
}

/** Rows by table, and the hours that late ones make stale. */
export interface FactRows {
  readonly views: unknown[][]
  readonly lateViews: unknown[]
  readonly reaches: unknown[]
  readonly events: unknown[]
  readonly lateEvents: unknown[]
  readonly purchases: unknown[]
  readonly keys: unknown[][]
  readonly transactions: Set<string>
}

/**
 * Facts as the rows to store; the ids of their entries must be resolved.
 * @param areNew whether no row need look up the id that its sender gave
 */
export const rowsOf = (
  dictionaries: Dictionaries,
  facts: readonly FactRow[],
  now: number,
  areNew: boolean,
): FactRows => {
  const rows: FactRows = {
    views: [],
    lateViews: [],
    reaches: [],
    events: [],
    lateEvents: [],
    purchases: [],
    keys: [],
    transactions: new Set(),
  }
  for (const fact of facts) {
    const ids = idsOf(dictionaries, fact)
    const sent = areNew ? NO_KEY : fact
    const transaction = transactionOf(fact)
    if (fact.key !== null) rows.keys.push(keyRow(fact, fact.key, transaction))
    if (fact.kind === 'view') {
      rows.views.push(viewRow(fact, ids, sent))
      rows.lateViews.push(...lateHoursOf(fact, now))
      rows.reaches.push(...reachesOf(fact))
      continue
    }
    const values = eventValues(fact, ids, nameId(dictionaries, fact.name), sent)
    if (transaction !== null) {
      rows.purchases.push(purchaseRow(fact, values))
      rows.transactions.add(transaction)
    } else {
      rows.events.push(EVENT_ROW.values(values))
      rows.lateEvents.push(...lateHoursOf(fact, now))
    }
  }
  // In the order of the table, in which many rows touch each of its pages once.
  rows.keys.sort(([one], [other]) => Number(one) - Number(other))
  return rows
}

import type { Filter } from '../../shared/question.ts'
import type { RawItem } from './event.ts'
import type { Fact } from './facts.ts'
import { isLasting } from './identity.ts'
import type { Session } from './sessions.ts'

/** What a dimension is called when there is nothing to call it. */
export const NOT_SET = '(not set)'

const pathOf = (fact: Fact | undefined) => (fact?.event.url === undefined ? NOT_SET : new URL(fact.event.url).pathname)

const visitorType = (session: Session) => {
  if (!isLasting(session.person)) return NOT_SET
  return session.first ? 'new' : 'returning'
}

/** Dimensions of which a session has one value; what happened in no session has none. */
const OF_SESSION: Record<string, (session: Session) => string> = {
  entry_page: session => pathOf(session.facts.find(({ isView }) => isView)),
  exit_page: session => pathOf(session.facts.findLast(({ isView }) => isView)),
  country: session => session.facts.find(({ isActivity }) => isActivity)?.event.country ?? NOT_SET,
  visitor_type: visitorType,
}

const named = (value: string | number | boolean | undefined) => (value === undefined ? [] : [String(value)])

/** Dimensions of which an item has one value. */
const OF_ITEM = {
  item: ({ item_id }: RawItem) => [item_id],
  item_category: ({ item_category = NOT_SET }: RawItem) => [item_category],
}

/** Dimensions of which an event has any number of values. */
const OF_EVENT: Record<string, (fact: Fact) => readonly string[]> = {
  page: fact => [pathOf(fact)],
  hostname: ({ event }) => [event.url === undefined ? NOT_SET : new URL(event.url).hostname],
  event: ({ event }) => [event.name],
  item: ({ event }) => [...new Set(event.items?.flatMap(OF_ITEM.item))],
  item_category: ({ event }) => [...new Set(event.items?.flatMap(OF_ITEM.item_category))],
  guide: ({ event }) => named(event.properties?.guide_id),
}

const ofEvent = (dimension: string): ((fact: Fact) => readonly string[]) | undefined =>
  dimension.startsWith('property:')
    ? ({ event }) => named(event.properties?.[dimension.slice('property:'.length)])
    : OF_EVENT[dimension]

/** A text in which `*` stands for any run of characters. */
export const asPattern = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's')

const tests: Record<Exclude<Filter[0], 'is_not'>, (value: string, given: readonly string[]) => boolean> = {
  is: (value, given) => given.includes(value),
  contains: (value, given) => given.some(text => value.includes(text)),
  matches: (value, given) => given.some(text => asPattern(text).test(value)),
}

/** Whether values pass a filter; `is_not` picks exactly what `is` leaves out. */
const passes = (values: readonly string[], [operator, , given]: Filter): boolean =>
  operator === 'is_not'
    ? !values.some(value => tests.is(value, given))
    : values.some(value => tests[operator](value, given))

/**
 * What a question is about: the picked events, the sessions that hold at least one of them, and the
 * picked ones of the items of those events.
 */
export interface Selection {
  readonly facts: readonly Fact[]
  readonly sessions: readonly Session[]
  readonly pickedItem: (item: RawItem) => boolean
}

const pickSessions = (
  { facts, sessions, ...rest }: Selection,
  wanted: (session: Session | undefined) => boolean,
): Selection => ({
  ...rest,
  facts: facts.filter(({ session }) => wanted(session)),
  sessions: sessions.filter(wanted),
})

const pickFacts = ({ facts, sessions, ...rest }: Selection, wanted: (fact: Fact) => boolean): Selection => {
  const picked = facts.filter(wanted)
  const holding = new Set(picked.map(({ session }) => session))
  return { ...rest, facts: picked, sessions: sessions.filter(session => holding.has(session)) }
}

const pickItems = (selection: Selection, filter: Filter): Selection => {
  const [, dimension] = filter
  if (dimension !== 'item' && dimension !== 'item_category') return selection
  const { pickedItem } = selection
  return { ...selection, pickedItem: item => pickedItem(item) && passes(OF_ITEM[dimension](item), filter) }
}

/** Narrows a selection to what passes a filter. */
export const applyFilter = (selection: Selection, filter: Filter): Selection => {
  const [, dimension] = filter
  const session = OF_SESSION[dimension]
  if (session) return pickSessions(selection, one => passes([one ? session(one) : NOT_SET], filter))
  const fact = ofEvent(dimension)
  if (fact)
    return pickItems(
      pickFacts(selection, one => passes(fact(one), filter)),
      filter,
    )
  throw new Error(`The truth knows no dimension "${dimension}".`)
}

/** Splits a selection by the values of a dimension; one event with several items is in several groups. */
export const splitBy = (selection: Selection, dimension: string): Map<string, Selection> => {
  const session = OF_SESSION[dimension]
  const valuesOf = session
    ? (fact: Fact) => [fact.session ? session(fact.session) : NOT_SET]
    : (fact: Fact) => ofEvent(dimension)?.(fact) ?? []
  const values = new Set(selection.facts.flatMap(valuesOf))
  return new Map([...values].map(value => [value, applyFilter(selection, ['is', dimension, [value]])]))
}

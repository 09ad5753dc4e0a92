import type { BehaviorFilter, Combination, ValueFilter } from '../../shared/question.ts'
import type { AnyRule, Goal } from '../../shared/settings.ts'
import type { RawEvent, RawItem } from './event.ts'
import type { Fact, Session } from './fact.ts'
import { LEFT_OUT } from './facts.ts'
import { isPersistent, type PersonKey } from './identity.ts'
import { asPattern, meets } from './meets.ts'
import { machineOf, NOT_SET, type Origin, originOf } from './origins.ts'

const pathOf = (fact: Fact | undefined) => (fact?.event.url === undefined ? NOT_SET : new URL(fact.event.url).pathname)

const visitorType = (session: Session) => {
  if (!isPersistent(session.person)) return NOT_SET
  return session.first ? 'new' : 'returning'
}

/** The event that began a session: it sets the session's source and device. */
const beginningOf = ({ facts }: Session): RawEvent => (facts.find(({ isActivity }) => isActivity) as Fact).event

const beganWith =
  (read: (event: RawEvent) => string | undefined) =>
  (session: Session): string =>
    read(beginningOf(session)) ?? NOT_SET

/** Servers send these events, and no browser. */
const NO_GPC = 'no'

/** Dimensions with one value per session; events outside any session have none. */
const OF_SESSION: Record<string, (session: Session) => string> = {
  entry_page: session => pathOf(session.facts.find(({ isView }) => isView)),
  exit_page: session => pathOf(session.facts.findLast(({ isView }) => isView)),
  channel: beganWith(event => originOf(event).channel),
  source: beganWith(event => originOf(event).source),
  medium: beganWith(event => originOf(event).medium),
  campaign: beganWith(event => originOf(event).campaign),
  term: beganWith(event => originOf(event).term),
  content: beganWith(event => originOf(event).content),
  referrer: beganWith(event => originOf(event).referrer),
  utm_id: beganWith(event => originOf(event).utm_id),
  country: beganWith(({ country }) => country),
  region: beganWith(({ region }) => region),
  city: beganWith(({ city }) => city),
  device: beganWith(event => machineOf(event).device),
  browser: beganWith(event => machineOf(event).browser),
  os: beganWith(event => machineOf(event).os),
  language: beganWith(({ language }) => language),
  gpc: () => NO_GPC,
  visitor_type: visitorType,
}

/** A session's value, or that of an event without a session. */
export const ofSession = (dimension: string, session: Session | undefined): string => {
  if (session) return OF_SESSION[dimension]?.(session) ?? NOT_SET
  if (dimension === 'gpc') return NO_GPC
  return originOf({ name: '', time: 0 })[dimension as keyof Origin] ?? NOT_SET
}

const named = (value: string | number | boolean | undefined) => (value === undefined ? [] : [String(value)])

/** Dimensions with one value per item. */
const OF_ITEM = {
  item: ({ item_id }: RawItem) => [item_id],
  item_category: ({ item_category = NOT_SET }: RawItem) => [item_category],
}

/** Dimensions with any number of values per event. */
const OF_EVENT: Record<string, (fact: Fact) => readonly string[]> = {
  page: fact => [pathOf(fact)],
  hostname: ({ event }) => [event.url === undefined ? NOT_SET : new URL(event.url).hostname],
  event: ({ event }) => (event.name === LEFT_OUT ? [] : [event.name]),
  item: ({ event }) => [...new Set(event.items?.flatMap(OF_ITEM.item))],
  item_category: ({ event }) => [...new Set(event.items?.flatMap(OF_ITEM.item_category))],
  guide: ({ event }) => named(event.properties?.guide_id),
  guide_step: ({ event }) => named(event.properties?.step),
  feature: ({ event }) => named(event.properties?.feature),
}

/** The dimensions of sessions that the oracle can break down and filter by, and those of events. */
export const SESSION_DIMENSIONS = Object.keys(OF_SESSION)
export const EVENT_DIMENSIONS = Object.keys(OF_EVENT)

const ofEvent = (dimension: string): ((fact: Fact) => readonly string[]) | undefined =>
  dimension.startsWith('property:')
    ? ({ event }) => named(event.properties?.[dimension.slice('property:'.length)])
    : OF_EVENT[dimension]

/** Operators that are exactly the negation of another. */
const NEGATED = { is_not: 'is', does_not_contain: 'contains' } as const

const tests: Record<
  Exclude<ValueFilter[0], keyof typeof NEGATED>,
  (value: string, given: readonly string[]) => boolean
> = {
  is: (value, given) => given.includes(value),
  contains: (value, given) => given.some(text => value.includes(text)),
  matches: (value, given) => given.some(text => asPattern(text).test(value)),
}

/** True if values pass a filter. */
const passes = (values: readonly string[], [operator, , given]: ValueFilter): boolean =>
  operator === 'is_not' || operator === 'does_not_contain'
    ? !values.some(value => tests[NEGATED[operator]](value, given))
    : values.some(value => tests[operator](value, given))

/**
 * The scope of a query: the selected events, the sessions that hold at least one of them, and the
 * selected items of those events.
 */
export interface Selection {
  readonly facts: readonly Fact[]
  /** Applies the filters that are not about items: only some items of an order may be selected. */
  readonly withItems: readonly Fact[]
  readonly sessions: readonly Session[]
  readonly pickedItem: (item: RawItem) => boolean
}

const pickSessions = (
  { facts, withItems, sessions, ...rest }: Selection,
  wanted: (session: Session | undefined) => boolean,
): Selection => ({
  ...rest,
  facts: facts.filter(({ session }) => wanted(session)),
  withItems: withItems.filter(({ session }) => wanted(session)),
  sessions: sessions.filter(wanted),
})

const pickFacts = ({ facts, sessions, ...rest }: Selection, wanted: (fact: Fact) => boolean): Selection => {
  const picked = facts.filter(wanted)
  const holding = new Set(picked.map(({ session }) => session))
  return { ...rest, facts: picked, sessions: sessions.filter(session => holding.has(session)) }
}

const isOfItems = (dimension: string): dimension is keyof typeof OF_ITEM => Object.hasOwn(OF_ITEM, dimension)

/** Items are selected individually, and with them their orders. */
const pickItems = (selection: Selection, wanted: (fact: Fact) => boolean, filter: ValueFilter): Selection => {
  const { pickedItem, withItems } = selection
  const [, dimension] = filter
  if (!isOfItems(dimension)) return { ...selection, withItems: withItems.filter(wanted) }
  return { ...selection, pickedItem: item => pickedItem(item) && passes(OF_ITEM[dimension](item), filter) }
}

/** A filter with segments and `has_done` resolved. */
export type PlainFilter = ValueFilter | PeopleFilter | readonly [Combination, ...PlainFilter[]]

/** The people who match, instead of the condition of `has_done`. */
export type PeopleFilter = readonly ['people', ReadonlySet<PersonKey>]

const isCombined = (filter: PlainFilter): filter is readonly [Combination, ...PlainFilter[]] =>
  filter[0] === 'and' || filter[0] === 'or' || filter[0] === 'not'

/** True if a filter tests page views or events, and not only their sessions. */
const isOfFacts = (filter: PlainFilter): boolean => {
  if (filter[0] === 'people') return false
  if (!isCombined(filter)) return OF_SESSION[filter[1]] === undefined
  const [, ...parts] = filter
  return parts.some(isOfFacts)
}

/** True if a page view or event passes a filter; without one, true if the session passes. */
const passesAll = (filter: PlainFilter, session: Session | undefined, fact?: Fact): boolean => {
  if (isCombined(filter)) {
    const [operator, ...parts] = filter
    const passed = parts.map(part => passesAll(part, session, fact))
    if (operator === 'not') return !passed[0]
    return operator === 'and' ? passed.every(Boolean) : passed.some(Boolean)
  }
  if (filter[0] === 'people') return session !== undefined && filter[1].has(session.person)
  const [, dimension] = filter
  if (OF_SESSION[dimension]) return passes([ofSession(dimension, session)], filter)
  return passes(fact ? (ofEvent(dimension)?.(fact) ?? []) : [], filter)
}

const applyCombined = (selection: Selection, filter: PlainFilter): Selection => {
  if (!isOfFacts(filter)) return pickSessions(selection, session => passesAll(filter, session))
  const wanted = (fact: Fact): boolean => passesAll(filter, fact.session, fact)
  return { ...pickFacts(selection, wanted), withItems: selection.withItems.filter(wanted) }
}

/** Narrows a selection by a filter. Combined filters do not select single items. */
export const applyFilter = (selection: Selection, filter: PlainFilter): Selection => {
  if (isCombined(filter) || filter[0] === 'people') return applyCombined(selection, filter)
  const [, dimension] = filter
  if (OF_SESSION[dimension]) return pickSessions(selection, one => passes([ofSession(dimension, one)], filter))
  const valuesOfFact = ofEvent(dimension)
  if (valuesOfFact) {
    const wanted = (one: Fact): boolean => passes(valuesOfFact(one), filter)
    return pickItems(pickFacts(selection, wanted), wanted, filter)
  }
  throw new Error(`The truth knows no dimension "${dimension}".`)
}

/** A filter as in a query, with segments resolved. */
export type AskedFilter = ValueFilter | BehaviorFilter | readonly [Combination, ...AskedFilter[]]

const isAskedCombination = (filter: AskedFilter): filter is readonly [Combination, ...AskedFilter[]] =>
  ['and', 'or', 'not'].includes(filter[0])

/** True if a page view or event reaches a goal, or is the step of a funnel. */
export const reaches =
  ({ where = [], ...rule }: AnyRule & { readonly where?: readonly ValueFilter[] }) =>
  (fact: Fact): boolean =>
    meets(rule)(fact) && where.every(one => passesAll(one, fact.session, fact))

/** Replaces each `has_done` filter by the people who match it in the events of the period. */
export const withPeople = (filter: AskedFilter, facts: readonly Fact[], goals: readonly Goal[]): PlainFilter => {
  if (isAskedCombination(filter)) {
    const [operator, ...parts] = filter
    return [operator, ...parts.map(part => withPeople(part, facts, goals))]
  }
  if (filter[0] !== 'has_done') return filter
  const { where = [], ...done } = filter[1]
  const wanted = 'goal' in done ? reaches(goals.find(({ id }) => id === done.goal) as Goal) : meets(done)
  const did = facts.filter(fact => wanted(fact) && where.every(one => passesAll(one, fact.session, fact)))
  return ['people', new Set(did.map(({ person }) => person))]
}

/** Every value of a dimension among some events, in order of appearance. */
export const valuesOf = (facts: readonly Fact[], dimension: string): string[] => {
  const ofFact = OF_SESSION[dimension]
    ? (fact: Fact) => [ofSession(dimension, fact.session)]
    : (fact: Fact) => ofEvent(dimension)?.(fact) ?? []
  return [...new Set(facts.flatMap(ofFact))]
}

/** Splits a selection by the values of a dimension; an event with several items can be in several groups. */
export const splitBy = (selection: Selection, dimension: string): Map<string, Selection> =>
  new Map(
    valuesOf(selection.facts, dimension).map(value => [value, applyFilter(selection, ['is', dimension, [value]])]),
  )

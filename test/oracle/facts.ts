import { eventDefinition } from '../../shared/events.ts'
import { dayOf } from './calendar.ts'
import { dedupe, isUnconfirmed } from './dedupe.ts'
import { contextOf, type RawEvent, type TruthSite, timeOf, whoOf } from './event.ts'
import type { Fact } from './fact'
import type { Session } from './fact.ts'
import { identify, type PersonKey } from './identity.ts'
import { type Imports, NO_IMPORTS } from './imports.ts'
import { sessionAt, sessionsOf } from './sessions.ts'

/** The name of events that a site leaves out, which is none. */
export const LEFT_OUT = ''

export interface World {
  readonly site: TruthSite
  readonly facts: readonly Fact[]
  readonly sessions: readonly Session[]
  /** When each person was first active. */
  readonly firstActivity: ReadonlyMap<PersonKey, Fact>
  readonly imports: Imports
}

/** What is left of money that a site leaves out: somebody was there. */
const leftOut = (event: RawEvent): RawEvent => ({
  name: LEFT_OUT,
  time: event.time,
  ...whoOf(event),
  ...contextOf(event),
})

const factOf = (event: RawEvent, person: PersonKey, site: TruthSite): Fact => {
  const time = timeOf(event)
  const isView = event.name === 'page_view'
  const isLeftOut = site.settings?.purchases === 'server' && isUnconfirmed(event)
  return {
    event: isLeftOut ? leftOut(event) : event,
    person,
    time,
    end: isView ? time + Math.round((event.engaged_seconds ?? 0) * 1000) : time,
    day: dayOf(time, site.timezone),
    isActivity: event.interactive !== false && eventDefinition(event.name)?.activity !== false,
    isView,
    session: undefined,
  }
}

/** Works out who did what in which session, from events in any order with any repetitions. */
export const worldOf = (events: readonly RawEvent[], site: TruthSite, imports: Imports = NO_IMPORTS): World => {
  const counted = dedupe(events)
  // That a visitor is a user was said also by an event that only repeats another.
  const personOf = identify(events)
  const facts = counted
    .filter(({ name }) => name !== 'identify')
    .map(event => factOf(event, personOf(event), site))
    .sort((a, b) => a.time - b.time)
  const sessions: Session[] = []
  const firstActivity = new Map<PersonKey, Fact>()
  for (const [person, own] of Map.groupBy(facts, fact => fact.person)) {
    const activity = own.filter(fact => fact.isActivity)
    const [first] = activity
    if (first) firstActivity.set(person, first)
    const begun = sessionsOf(person, activity)
    for (const session of begun) for (const fact of session.facts) fact.session = session
    for (const fact of own.filter(({ isActivity }) => !isActivity)) {
      fact.session = sessionAt(begun, fact.time)
      fact.session?.facts.push(fact)
    }
    sessions.push(...begun)
  }
  return { site, facts, sessions, firstActivity, imports }
}

import { eventDefinition } from '../../shared/events.ts'
import { dayOf } from './calendar.ts'
import { dedupe, isUnconfirmed } from './dedupe.ts'
import { contextOf, type RawEvent, type TruthSite, timeOf, whoOf } from './event.ts'
import type { Fact } from './fact'
import type { Session } from './fact.ts'
import { identify, type PersonKey } from './identity.ts'
import { type Imports, NO_IMPORTS } from './imports.ts'
import { sessionAt, sessionsOf } from './sessions.ts'

/** The name of excluded events, which matches nothing. */
export const LEFT_OUT = ''

export interface World {
  readonly site: TruthSite
  readonly facts: readonly Fact[]
  readonly sessions: readonly Session[]
  /** The first activity of each person. */
  readonly firstActivity: ReadonlyMap<PersonKey, Fact>
  readonly imports: Imports
}

/** The remains of excluded money: the visitor was active. */
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

/** Assigns events, in any order with any repetitions, to people and sessions. */
export const worldOf = (events: readonly RawEvent[], site: TruthSite, imports: Imports = NO_IMPORTS): World => {
  const counted = dedupe(events)
  // A duplicate event also links its visitor to its user.
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

import type { Fact, Session } from '../fact.ts'
import type { World } from '../facts.ts'
import { isConversion } from '../rules.ts'
import { begun, happened, holds, type Metric, ratio, type Scope, sum } from '../scope.ts'

export const seen = ({ isView, event }: Fact): number => (isView ? (event.engaged_seconds ?? 0) : 0)

/** Clicks reported by the page views among some events. */
export const clicksOf = (facts: readonly Fact[]): number[] =>
  facts.flatMap(({ isView, event: { clicks } }) => (isView ? (clicks ?? []) : []))

/** The sessions of the bucket in which a page view reports its clicks. */
export const clickedSessions = (scope: Scope): Session[] =>
  begun(scope).filter(({ facts }) => clicksOf(facts).length > 0)

/** Scroll depths reported by the page views of the bucket, as shares of 1. */
export const depthsOf = (scope: Scope): number[] =>
  happened(scope).flatMap(({ isView, event: { scroll_depth } }) =>
    isView && scroll_depth !== undefined ? Math.round(scroll_depth) / 100 : [],
  )

export const secondsOf = ({ begin, end }: Session): number => (end - begin) / 1000
export const seenIn = ({ facts }: Session): number => sum(facts.map(seen))
export const viewsOf = ({ facts }: Session): number => facts.filter(({ isView }) => isView).length
export const actionsOf = ({ facts }: Session): number =>
  facts.filter(({ isView, isActivity }) => isActivity && !isView).length

const BOUNCES: Record<string, (session: Session, world: World) => boolean> = {
  single_interaction: session => viewsOf(session) === 1 && actionsOf(session) === 0,
  single_page: session => viewsOf(session) === 1,
  engaged: (session, world) => seenIn(session) < 10 && viewsOf(session) < 2 && !holds(session, isConversion(world)),
}

/** True if a session bounced, by one of the rules. */
export const bounced = (session: Session, world: World, rule: unknown = 'single_interaction'): boolean =>
  BOUNCES[String(rule)]?.(session, world) === true

/** A mean over the sessions begun in the bucket. */
export const perSession =
  (amount: (session: Session) => number): Metric =>
  scope =>
    ratio(sum(begun(scope).map(amount)), begun(scope).length)

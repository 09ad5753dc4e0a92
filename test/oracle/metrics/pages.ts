import type { Fact, Session } from '../fact.ts'
import { sessionsWithPath } from '../paths.ts'
import {
  begun,
  count,
  happened,
  holds,
  type Metric,
  NEEDS_INPUT,
  ratio,
  type Scope,
  shareOfSessions,
  sum,
  type Truth,
} from '../scope.ts'
import { isOpen } from '../sessions.ts'
import { seen } from './sessions.ts'

const isView = (fact: Fact): boolean => fact.isView

const sessionsWhose = (scope: Scope, end: (session: Session) => Fact | undefined): Session[] => {
  const picked = new Set(scope.selection.facts)
  return begun(scope).filter(session => {
    const view = end(session)
    return view !== undefined && picked.has(view)
  })
}

const firstView = ({ facts }: Session): Fact | undefined => facts.find(isView)
const lastView = ({ facts }: Session): Fact | undefined => facts.findLast(isView)

const counted = ({ now }: Scope, sessions: readonly Session[]): Truth => ({
  ...count(sessions.length),
  pending: sessions.filter(session => isOpen(session, now)).length,
})

const exitRate: Metric = scope => {
  const picked = new Set(scope.selection.facts)
  const left = new Set(sessionsWhose(scope, lastView))
  const saw = begun(scope).filter(session => holds(session, fact => fact.isView && picked.has(fact)))
  return shareOfSessions(scope, saw, session => left.has(session))
}

const viewsOf = (scope: Scope): Fact[] => happened(scope).filter(isView)

/** Visible seconds of the page views of the bucket. */
export const secondsOnPages = (scope: Scope): number[] => viewsOf(scope).map(seen)

export const PAGES = {
  entries: scope => counted(scope, sessionsWhose(scope, firstView)),
  exits: scope => counted(scope, sessionsWhose(scope, lastView)),
  exit_rate: exitRate,
  paths: scope =>
    scope.parameters.page === undefined && scope.parameters.event === undefined
      ? NEEDS_INPUT
      : count(sessionsWithPath(scope).length),
  time_on_page: scope => ratio(sum(secondsOnPages(scope)), secondsOnPages(scope).length),
} as const satisfies Record<string, Metric>

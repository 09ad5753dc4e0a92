import type { Fact, Session } from './fact.ts'
import { begun, type Scope } from './scope.ts'

const pathOf = ({ event }: Fact): string => (event.url === undefined ? '(not set)' : new URL(event.url).pathname)

const isBeginning =
  ({ parameters: { page, event } }: Scope) =>
  (fact: Fact): boolean =>
    event === undefined ? fact.isView && page !== undefined && pathOf(fact) === page : fact.event.name === event

/** The sessions of the bucket in which a path begins. */
export const sessionsWithPath = (scope: Scope): Session[] =>
  begun(scope).filter(({ facts }) => facts.some(isBeginning(scope)))

/** By step, how many sessions have each page or event there. */
export const stepsOfPaths = (scope: Scope): Map<string, number>[] => {
  const { direction = 'after', show = 'pages', steps = 3 } = scope.parameters
  const counts = Array.from({ length: Number(steps) }, () => new Map<string, number>())
  for (const { facts } of sessionsWithPath(scope)) {
    const at = facts.findIndex(isBeginning(scope))
    const others = direction === 'after' ? facts.slice(at + 1) : facts.slice(0, at).reverse()
    const names = others
      .filter(({ isView }) => isView === (show === 'pages'))
      .map(one => (one.isView ? pathOf(one) : one.event.name))
    for (const [index, name] of names.slice(0, Number(steps)).entries())
      counts[index]?.set(name, (counts[index]?.get(name) ?? 0) + 1)
  }
  return counts
}

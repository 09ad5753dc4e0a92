import { filterTuple } from '../../relations/sql/queryFilter'
import type { Scope } from '../../relations/sql/scope'
import type { ActiveGroupsSegment, ActivePeopleSegment, LiveSegment, Segment } from '../plan/segment'
import { activeGroupsStatement } from './activeGroupsStatement'
import { activePersonStatement } from './activePersonStatement'
import { compileMeasures } from './compileMeasures'
import type { Statement } from './statement'

/** A measure of a segment that a statement computes. */
export interface Target {
  readonly segment: LiveSegment | ActivePeopleSegment | ActiveGroupsSegment
  /** In the segment. */
  readonly measure: number
}

/** A statement, and what it computes: its `measures` are indexes of its targets. */
export interface SegmentStatement extends Statement {
  readonly targets: readonly Target[]
}

type Currencies = Scope['currencies']

/** Segments whose measures share statements, and the currencies of their money. */
interface Joint {
  readonly currencies: Currencies
  readonly segments: readonly LiveSegment[]
}

/** Numbers equal texts: they are too long to be keys. */
const numberTexts = (): ((text: string) => number) => {
  const numbers = new Map<string, number>()
  return text => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}

/** Equal for segments whose measures can share a statement, but for their currencies. */
const keyOf = ({ scope, people }: LiveSegment, numberOf: (text: string) => number): string =>
  JSON.stringify([
    people,
    {
      ...scope,
      dimensions: scope.dimensions.map(({ id }) => id),
      filters: scope.filters.map(filterTuple),
      added: null,
      removed: null,
    },
    [...scope.customEvents],
    [...scope.users],
    [scope.added, scope.removed].map(lists => lists?.map(numberOf) ?? null),
  ])

const agree = (one: Currencies, other: Currencies): boolean =>
  [...one].every(([money, currency]) => (other.get(money) ?? currency) === currency)

/** Joins segments that are alike but for their currencies: one without money fits any other. */
const join = (alike: readonly LiveSegment[]): Joint[] =>
  alike.reduce<Joint[]>((joints, segment) => {
    const own = segment.scope.currencies
    const fitting = joints.find(({ currencies }) => agree(own, currencies))
    const joint: Joint = {
      currencies: new Map([...(fitting?.currencies ?? []), ...own]),
      segments: [...(fitting?.segments ?? []), segment],
    }
    return [...joints.filter(one => one !== fitting), joint]
  }, [])

const targetsOf = (segment: Target['segment']): Target[] => segment.measures.map((_, measure) => ({ segment, measure }))

/** A statement with the targets it computes alone, of those that were compiled together. */
const aimed = (statement: Statement, targets: readonly Target[]): SegmentStatement => ({
  ...statement,
  measures: statement.measures.map((_, index) => index),
  targets: statement.measures.map(index => targets[index] as Target),
})

/** Statements of live segments that are alike. */
const compileJoint = ({ currencies, segments }: Joint): SegmentStatement[] => {
  const [first] = segments
  if (!first) return []
  const targets = segments.flatMap(targetsOf)
  const measures = segments.flatMap(({ measures }) => measures)
  return compileMeasures({ ...first.scope, currencies }, measures, first.buckets, first.people).map(statement =>
    aimed(statement, targets),
  )
}

const compileActive = (segment: ActivePeopleSegment): SegmentStatement =>
  aimed(activePersonStatement(segment.scope, segment.measures), targetsOf(segment))

const compileGroups = (segment: ActiveGroupsSegment): SegmentStatement =>
  aimed(activeGroupsStatement(segment), targetsOf(segment))

/**
 * Compiles segments into as few statements as can be, whichever queries they are of: measures over one part of the
 * time share statements.
 */
export const compile = (segments: readonly Segment[]): SegmentStatement[] => {
  const numberOf = numberTexts()
  const live = segments.filter(segment => segment.source === 'live')
  const alike = [...Map.groupBy(live, segment => keyOf(segment, numberOf)).values()]
  return [
    ...alike.flatMap(join).flatMap(compileJoint),
    ...segments.filter(segment => segment.source === 'active_people').map(compileActive),
    ...segments.filter(segment => segment.source === 'active_groups').map(compileGroups),
  ]
}

/** Compiles each measure of a statement by itself. */
export const compileSeparately = ({ targets }: SegmentStatement): SegmentStatement[] =>
  targets.flatMap(({ segment, measure }) => {
    const alone = { ...segment, measures: segment.measures.slice(measure, measure + 1) }
    return compile([alone]).map(statement => ({ ...statement, targets: [{ segment, measure }] }))
  })

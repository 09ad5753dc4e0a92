import type { Fact } from './fact.ts'
import type { PersonKey } from './identity.ts'
import { PAUSE } from './sessions.ts'

/** One person's run through one guide, without a pause of over 30 minutes. */
export interface GuideRun {
  readonly person: PersonKey
  readonly guide: string
  readonly facts: readonly Fact[]
  readonly begin: number
  /** Its state; `open` while it may still continue. */
  readonly outcome: 'completed' | 'dismissed' | 'left' | 'open'
  readonly furthestStep: number
}

const outcomeOf = (facts: readonly Fact[], now: number): GuideRun['outcome'] => {
  const names = facts.map(({ event }) => event.name)
  if (names.includes('guide_complete')) return 'completed'
  if (names.includes('guide_dismiss')) return 'dismissed'
  return now <= (facts.at(-1)?.time ?? 0) + PAUSE ? 'open' : 'left'
}

const largest = (facts: readonly Fact[], property: string) =>
  Math.max(0, ...facts.map(({ event }) => Number(event.properties?.[property] ?? 0)))

/** The highest step seen or declared in any of these runs. */
export const lastStepOf = (runs: readonly GuideRun[]): number =>
  Math.max(0, ...runs.map(({ facts }) => Math.max(largest(facts, 'step'), largest(facts, 'step_count'))))

/** The runs formed by these events, in time order. */
export const guideRuns = (facts: readonly Fact[], now: number): GuideRun[] => {
  const ofGuides = facts.filter(({ event }) => event.name.startsWith('guide_'))
  const keyOf = ({ person, event }: Fact) => JSON.stringify([person, event.properties?.guide_id])
  return [...Map.groupBy(ofGuides, keyOf).values()].flatMap(own => {
    const runs: Fact[][] = []
    for (const fact of own) {
      const last = runs.at(-1)?.at(-1)
      if (last && fact.time - last.time <= PAUSE) runs.at(-1)?.push(fact)
      else runs.push([fact])
    }
    return runs.map(run => ({
      person: (run[0] as Fact).person,
      guide: String(run[0]?.event.properties?.guide_id),
      facts: run,
      begin: (run[0] as Fact).time,
      outcome: outcomeOf(run, now),
      furthestStep: largest(run, 'step'),
    }))
  })
}

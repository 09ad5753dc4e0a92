import type { DemoSession } from '../session.ts'

/** A tour through the app, in steps. */
interface Guide {
  readonly id: string
  /** For each step, the chance that a user goes on from it. */
  readonly goesOn: readonly number[]
  /** Median seconds of each step. */
  readonly seconds: readonly number[]
  /** Share of those who stop who close it, and do not merely leave it. */
  readonly closes: number
}

export type Run = 'completed' | 'stopped' | 'unseen'

export const WELCOME: Guide = {
  id: 'welcome',
  goesOn: [0.95, 0.86, 0.93, 0.95, 0.98],
  seconds: [9, 24, 31, 18, 7],
  closes: 0.6,
}

export const MAPS_TOUR: Guide = {
  id: 'maps-tour',
  goesOn: [0.84, 0.82, 0.88, 0.95],
  seconds: [7, 16, 21, 11],
  closes: 0.75,
}

export const UPGRADE: Guide = {
  id: 'upgrade',
  goesOn: [0.62, 0.74, 0.86],
  seconds: [8, 19, 14],
  closes: 0.85,
}

/** Shows a guide, step by step, until it is completed or the user has had enough. */
export const showGuide = (session: DemoSession, { id, goesOn, seconds, closes }: Guide): Run => {
  const { dice } = session
  const guide = { guide_id: id, step_count: goesOn.length }
  for (const [at, chance] of goesOn.entries()) {
    session.send('guide_step', { ...guide, step: at + 1, interactive: false }, at === 0 ? 2 : seconds[at - 1])
    if (dice.chance(chance)) continue
    if (dice.chance(closes)) session.click('guide_dismiss', guide, 4)
    return 'stopped'
  }
  session.click('guide_complete', guide, seconds.at(-1))
  return 'completed'
}

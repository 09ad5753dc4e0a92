import { DAYS } from './calendar.ts'
import type { Dice } from './dice.ts'

/**
 * Days on which a visitor returns. The chance declines smoothly with the days since the first session, as
 * measured retention does.
 * @param first the day of the first session
 * @param nextDay the chance of a return on the following day
 * @param decline the exponent of the power law: 0 never declines
 */
export const returnDays = (first: number, nextDay: number, decline: number, dice: Dice): number[] =>
  Array.from({ length: Math.max(0, DAYS - 1 - first) }, (_, at) => at + 1)
    .filter(since => dice.chance(nextDay * since ** -decline))
    .map(since => first + since)

import { Problem } from '../../lib/problem'
import type { Fields } from '../parse/fields'

/** Kinds of survey whose answers are numbers of a fixed scale, both ends included; any other kind is free. */
const SCALES: ReadonlyMap<unknown, readonly [least: number, most: number]> = new Map([
  ['nps', [0, 10]],
  ['csat', [1, 5]],
])

/** @throws Problem `bad_score` */
export const checkSurvey = ({ kind, score }: Fields): void => {
  const scale = SCALES.get(kind)
  if (!scale) return
  const [least, most] = scale
  if (typeof score !== 'number' || !Number.isInteger(score) || score < least || score > most) {
    throw new Problem(
      400,
      'bad_score',
      `The "score" of a survey of kind ${kind} must be a whole number from ${least} to ${most}.`,
    )
  }
}

import type { Answer, Question } from '../question.ts'
import { COMPARED, type ComparedFigures } from './toolFigures.ts'

/**
 * Asks `POST /api/v1/query`.
 * @throws when there is no answer
 */
export type AskFootfall = (question: Question) => Promise<Answer>

/** Years that are asked for, each by itself. */
const MOST_YEARS = 40

const figuresIn = (metrics: Answer['rows'][number]['metrics']): ComparedFigures =>
  Object.fromEntries(
    COMPARED.flatMap(name => {
      const value = metrics[name]?.value
      return typeof value === 'number' ? [[name, value]] : []
    }),
  )

/**
 * Footfall's figures of the given days.
 * @param days in order
 */
export const footfallFigures = async (
  ask: AskFootfall,
  site: string,
  days: readonly string[],
): Promise<ReadonlyMap<string, ComparedFigures>> => {
  const years = Map.groupBy(days, day => day.slice(0, 4))
  const figures = new Map<string, ComparedFigures>()
  for (const of of [...years.values()].slice(-MOST_YEARS)) {
    const [from = '', to = from] = [of[0], of.at(-1)]
    const { rows } = await ask({ site, metrics: COMPARED, period: { from, to }, granularity: 'day' })
    for (const { time = '', metrics } of rows) figures.set(time, figuresIn(metrics))
  }
  return figures
}

import type { Answer, DateRange } from '../../../../shared/question'
import type { View } from '../../address'
import type { MetricQuestion } from '../../questions'
import { ask } from '../state/ask'
import { type Mount, panel } from './panel'

/** Draws answers of `POST /api/v1/query`. */
export interface QueryPanel {
  questions(view: View): readonly MetricQuestion[]
  draw(body: HTMLElement, answers: readonly Answer[], view: View): void
  /** The table on the screen: one header, and labels in every row. */
  csv?(answers: readonly Answer[], view: View): string
  again?(answers: readonly Answer[]): number | null
}

/** The days an answer covers. */
export const periodOf = (answer: Answer | undefined): DateRange => answer?.query.period as DateRange

/**
 * A panel that shows answers, one for each question.
 * @example queryPanel({ questions: view => [{ ...about(view), metrics: ['visitors'] }], draw })
 */
export const queryPanel = ({ questions, csv, ...rest }: QueryPanel): Mount =>
  panel<readonly Answer[]>({
    ...rest,
    ...(csv && { csv: (answers, view) => ({ period: periodOf(answers[0]), text: csv(answers, view) }) }),
    hasCsv: answers => answers.length > 0,
    key: view => JSON.stringify(questions(view)),
    load: (view, signal) => Promise.all(questions(view).map(question => ask(question, signal))),
  })

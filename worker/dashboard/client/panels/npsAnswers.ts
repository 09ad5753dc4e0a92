import { columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue } from '../../../../shared/question'
import { cardsQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { feedbackTexts } from '../../texts/feedback'
import { changeCell } from '../components/changeCell'
import { emptyState } from '../components/emptyState'
import { labelWithBar } from '../components/labelWithBar'
import { lowSampleNote } from '../components/lowSampleNote'
import { type QueryPanel, queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { number } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { answers: texts } = feedbackTexts

/** The three kinds of answers, and their scores. */
const KINDS = [
  { id: 'nps_promoters', scores: '9–10' },
  { id: 'nps_passives', scores: '7–8' },
  { id: 'nps_detractors', scores: '0–6' },
] as const

const HEADS = [
  { text: texts.group },
  { text: texts.score, number: true },
  { text: texts.answers, number: true },
  { text: texts.share, number: true },
  { text: clientFrameTexts.tables.change, number: true, wide: true },
]

interface Kind {
  readonly id: (typeof KINDS)[number]['id']
  readonly scores: string
  readonly value: MetricValue
}

const kindsIn = (answer: Answer | undefined): Kind[] =>
  KINDS.flatMap(({ id, scores }) => {
    const value = answer?.rows[0]?.metrics[id]
    return value ? [{ id, scores, value }] : []
  })

const hasAnswers = (kinds: readonly Kind[]): boolean => kinds.some(({ value }) => value.denominator)

const rowOf = ({ id, scores, value }: Kind) => {
  const definition = definitionOf(id)
  return [
    labelWithBar(definition.name, value.value ?? 0),
    scores,
    number(value.numerator ?? 0),
    valueCell(definition, value),
    changeCell(definition, value),
  ]
}

const PANEL: QueryPanel = {
  questions: view => [
    cardsQuestion(
      KINDS.map(({ id }) => id),
      view,
    ),
  ],
  draw: (body, [answer]) => {
    const kinds = kindsIn(answer)
    const shown = hasAnswers(kinds) ? table(texts.table, HEADS, kinds.map(rowOf)) : emptyState(texts.none)
    refill(body, shown, lowSampleNote(kinds.map(({ value }) => value)), ...warnings(answer))
  },
  csv: ([answer]) =>
    csvOf(
      [
        { name: 'answers', of: ({ id }: Kind) => definitionOf(id).name },
        { name: 'scores', of: ({ scores }: Kind) => scores },
        ...columnsIn(
          metricColumns('share', ['value', 'numerator', 'denominator', 'low', 'high', 'status']),
          ({ value }: Kind) => value,
        ),
      ],
      kindsIn(answer),
    ),
}

/** The answers to net promoter score surveys, by what they count as. */
export const npsAnswers = queryPanel(PANEL)

/** The same on a page that is about more than surveys: hidden without answers. */
export const npsIfAnswered = queryPanel({
  ...PANEL,
  draw: (body, answers, view) => {
    body.closest('section')?.toggleAttribute('hidden', !hasAnswers(kindsIn(answers[0])))
    PANEL.draw(body, answers, view)
  },
})

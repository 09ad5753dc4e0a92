import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer } from '../../../../shared/question'
import { about } from '../../questions'
import { feedbackTexts } from '../../texts/feedback'
import { fill } from '../../texts/fill'
import { inSentence } from '../../texts/inSentence'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { bar } from '../components/labelWithBar'
import type { Mount } from '../components/panel'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { number, percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { answers: heads, scores: texts } = feedbackTexts

const DIMENSION = 'property:score'

/** The lowest and the highest score of each kind of survey. */
const SCALES = { nps: [0, 10], csat: [1, 5] } as const

const HEADS = [{ text: heads.score }, { text: heads.answers, number: true }, { text: heads.share, number: true }]

interface Score {
  readonly score: number
  readonly answers: number
  readonly share: number
}

/** Every score of the scale, highest first, including those without answers. */
const scoresOf = (metric: keyof typeof SCALES, answer: Answer | undefined): readonly Score[] => {
  const counts = new Map<number, number>()
  for (const { dimensions, metrics } of answer?.rows ?? []) {
    const score = Number(dimensions?.[DIMENSION])
    counts.set(score, (counts.get(score) ?? 0) + (metrics[metric]?.denominator ?? 0))
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const [least, most] = SCALES[metric]
  return Array.from({ length: most - least + 1 }, (_, n) => {
    const answers = counts.get(most - n) ?? 0
    return { score: most - n, answers, share: all === 0 ? 0 : answers / all }
  })
}

const rowsOf = (scores: readonly Score[]): Child[][] => {
  const largest = Math.max(...scores.map(({ answers }) => answers))
  return scores.map(({ score, answers, share }) => [
    h('span', { class: 'scored' }, h('span', {}, number(score)), bar(answers / largest)),
    number(answers),
    percent(share),
  ])
}

const COLUMNS: readonly CsvColumn<Score>[] = [
  { name: 'score', of: ({ score }) => score },
  { name: 'answers', of: ({ answers }) => answers },
  { name: 'share_of_answers', of: ({ share }) => share },
]

/** How many answers to surveys of a kind gave each score. */
export const scoreDistribution = (metric: keyof typeof SCALES): Mount =>
  queryPanel({
    questions: view => {
      const { compare: _, ...rest } = about(view)
      return [{ ...rest, metrics: [metric], dimensions: [DIMENSION] }]
    },
    draw: (body, [answer]) => {
      const { name } = definitionOf(metric)
      const scores = scoresOf(metric, answer)
      const hasAnswers = scores.some(({ answers }) => answers > 0)
      const none = fill(texts.none, { survey: inSentence(name) })
      refill(
        body,
        hasAnswers ? table(fill(texts.table, { survey: name }), HEADS, rowsOf(scores)) : emptyState(none),
        ...warnings(answer),
      )
    },
    csv: ([answer]) => csvOf(COLUMNS, scoresOf(metric, answer)),
  })

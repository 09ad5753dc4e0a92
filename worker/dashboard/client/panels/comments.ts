import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { feedbackTexts } from '../../texts/feedback'
import { fill } from '../../texts/fill'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'

const { comments: texts } = feedbackTexts

const NONE = fill(texts.none, {
  call: "footfall('survey_response', { kind: 'nps', score: 9, comment: 'Fast delivery' })",
})

const COMMENT = 'property:comment'
const SCORE = 'property:score'
/** Of each kind of survey. */
const MOST = 200

const SURVEYS = [
  { metric: 'nps', text: 'NPS' },
  { metric: 'csat', text: 'CSAT' },
] as const

interface Comment {
  readonly comment: string
  readonly survey: string
  readonly score: number
  /** Answers with this comment and score. */
  readonly answers: number
}

const commentsOf = (answers: readonly Answer[]): readonly Comment[] =>
  SURVEYS.flatMap(({ metric, text }, at) =>
    (answers[at]?.rows ?? []).map(({ dimensions, metrics }) => ({
      comment: groupText(COMMENT, dimensions?.[COMMENT] ?? ''),
      survey: text,
      score: Number(dimensions?.[SCORE]),
      answers: metrics[metric]?.denominator ?? 0,
    })),
  ).filter(({ answers }) => answers > 0)

const COLUMNS: readonly SortedColumn<Comment>[] = [
  {
    id: 'comment',
    text: texts.comment,
    value: ({ comment }) => comment,
    cell: ({ comment }) => h('bdi', { class: 'comment' }, comment),
  },
  { id: 'survey', text: texts.survey, value: ({ survey }) => survey, cell: ({ survey }) => survey },
  { id: 'score', text: texts.score, number: true, value: ({ score }) => score, cell: ({ score }) => number(score) },
  {
    id: 'answers',
    text: texts.answers,
    help: texts.answersHelp,
    number: true,
    wide: true,
    value: ({ answers }) => answers,
    cell: ({ answers }) => number(answers),
  },
]

const COMMENTS = {
  columns: COLUMNS,
  name: 'comments_sort',
  usual: { by: 'score', direction: 'asc' },
} as const

const CSV: readonly CsvColumn<Comment>[] = [
  { name: 'comment', of: ({ comment }) => comment },
  { name: 'survey', of: ({ survey }) => survey },
  { name: 'score', of: ({ score }) => score },
  { name: 'answers', of: ({ answers }) => answers },
]

const shownIn = (answers: readonly Answer[], view: View): readonly Comment[] =>
  sortedRows(COMMENTS, commentsOf(answers), view)

/** Comments of survey answers, lowest scores first. */
export const comments = queryPanel({
  questions: view => {
    const { compare: _, ...rest } = about(view)
    return SURVEYS.map(({ metric }) => ({
      ...rest,
      metrics: [metric],
      dimensions: [COMMENT, SCORE],
      order_by: [[SCORE, 'asc']],
      limit: MOST,
    }))
  },
  draw: (body, answers, view) => {
    const shown = shownIn(answers, view)
    const isCut = answers.some(({ rows }) => rows.length === MOST)
    refill(
      body,
      shown.length === 0 ? emptyState(NONE) : sortedTable(texts.table, COMMENTS, shown, view),
      isCut && h('p', { class: 'note' }, fill(texts.most, { count: MOST })),
      ...warnings(answers[0]),
    )
  },
  csv: (answers, view) => csvOf(CSV, shownIn(answers, view)),
})

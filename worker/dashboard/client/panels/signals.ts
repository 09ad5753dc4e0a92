import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer } from '../../../../shared/question'
import { coverageTexts } from '../../texts/coverage'
import { fill } from '../../texts/fill'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { number, percent } from '../format/number'
import { definitionOf } from '../state/definitionOf'

const { signals: texts } = coverageTexts

const ORDERS = 'order_coverage'

interface Visitors {
  readonly all: number
  readonly withGpc: number
}

const visitorsIn = (answer: Answer | undefined): Visitors => {
  const rows = answer?.rows ?? []
  const of = (isCounted: (gpc: string | undefined) => boolean): number =>
    rows
      .filter(({ dimensions }) => isCounted(dimensions?.gpc))
      .reduce((sum, { metrics }) => sum + (metrics.visitors?.value ?? 0), 0)
  return { all: of(() => true), withGpc: of(gpc => gpc === 'yes') }
}

const shareOf = ({ all, withGpc }: Visitors): number | null => (all === 0 ? null : withGpc / all)

interface CsvLine {
  readonly signal: string
  readonly share: number | null | undefined
}

const COLUMNS: readonly CsvColumn<CsvLine>[] = [
  { name: 'signal', of: ({ signal }) => signal },
  { name: 'share', of: ({ share }) => share },
]

const linesOf = ([gpc, orders]: readonly Answer[]): CsvLine[] => [
  { signal: 'visitors_with_gpc', share: shareOf(visitorsIn(gpc)) },
  { signal: ORDERS, share: orders?.rows[0]?.metrics[ORDERS]?.value },
]

/** The share of visitors with Global Privacy Control, and that of orders which the script saw. */
export const signals = queryPanel({
  questions: ({ site, period }) => [
    { site, period, metrics: ['visitors'], dimensions: ['gpc'] },
    { site, period, metrics: [ORDERS] },
  ],
  draw: (body, answers) => {
    const visitors = visitorsIn(answers[0])
    const share = shareOf(visitors)
    const orders = answers[1]?.rows[0]?.metrics[ORDERS]
    const definition = definitionOf(ORDERS)
    refill(
      body,
      table(
        texts.table,
        [{ text: texts.signal }, { text: texts.share, number: true }, { text: texts.of, number: true }],
        [
          [
            texts.privacyControl,
            h('span', { 'data-value': share ?? '' }, share === null ? '–' : percent(share)),
            number(visitors.all),
          ],
          [
            h('span', { title: definition.help }, definition.name),
            valueCell(definition, orders) ?? '–',
            number(orders?.denominator ?? 0),
          ],
        ],
      ),
      orders?.reason !== undefined &&
        h('p', { class: 'note' }, fill(texts.reason, { metric: definition.name, reason: orders.reason })),
    )
  },
  csv: answers => csvOf(COLUMNS, linesOf(answers)),
})

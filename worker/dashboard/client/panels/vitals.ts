import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, Row } from '../../../../shared/question'
import type { View } from '../../address'
import { about } from '../../questions'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { ratingOf, VITAL_IDS, type VitalId } from '../format/ratingOf'
import { definitionOf } from '../state/definitionOf'

const VIEWS = 'pageviews'
const MOST = 50

const DIMENSIONS = [
  { value: 'page', text: 'Pages' },
  { value: 'device', text: 'Devices' },
  { value: 'browser', text: 'Browsers' },
  { value: 'country', text: 'Countries' },
] as const

const dimensionOf = ({ own }: View): (typeof DIMENSIONS)[number] => chosenOption(DIMENSIONS, own.speed_by)

const ratedCell = (vital: VitalId, { metrics }: Row): Child => {
  const value = metrics[vital]
  if (!value || value.value === null) return '–'
  const rating = ratingOf(vital, value.value)
  return h(
    'span',
    { class: 'rated', 'data-rating': rating },
    valueCell(definitionOf(vital), value),
    h('span', { class: 'rating' }, rating),
  )
}

const cellsOf = (name: string, row: Row): Child[] => [
  h('bdi', {}, name),
  number(row.metrics[VIEWS]?.value ?? 0),
  ...VITAL_IDS.map(vital => ratedCell(vital, row)),
]

const NONE =
  'No page view in this period has Core Web Vitals. Add data-modules="vitals" to the script tag. Values are sent when a visitor leaves the page.'

interface Line {
  readonly group: string
  readonly row: Row
}

const linesOf = ([all, groups]: readonly Answer[], dimension: string): Line[] => [
  ...(all?.rows ?? []).map(row => ({ group: 'All', row })),
  ...(groups?.rows ?? []).map(row => ({ group: groupText(dimension, row.dimensions?.[dimension] ?? ''), row })),
]

const COLUMNS: readonly CsvColumn<Line>[] = [
  { name: 'group', of: ({ group }) => group },
  { name: 'page_views', of: ({ row }) => row.metrics[VIEWS]?.value },
  ...VITAL_IDS.flatMap(vital =>
    columnsIn(metricColumns(vital, ['value', 'low', 'high']), ({ row }: Line) => row.metrics[vital]),
  ),
]

/** Core Web Vitals of all page views and of each group, each with its rating. */
export const vitals = queryPanel({
  questions: view => {
    const { compare: _, ...rest } = about(view)
    const question = { ...rest, metrics: [...VITAL_IDS, VIEWS] as const }
    return [question, { ...question, dimensions: [dimensionOf(view).value], order_by: [[VIEWS, 'desc']], limit: MOST }]
  },
  draw: (body, answers, view) => {
    const { value: dimension, text } = dimensionOf(view)
    const lines = linesOf(answers, dimension)
    const isKnown = lines.some(({ row }) => VITAL_IDS.some(vital => row.metrics[vital]?.value != null))
    if (!isKnown) return refill(body, emptyState(NONE))
    const heads = [
      { text },
      { text: 'Page views', number: true },
      ...VITAL_IDS.map(vital => {
        const { name, help } = definitionOf(vital)
        return { text: name, help, number: true }
      }),
    ]
    refill(
      body,
      optionLinks('By', 'speed_by', DIMENSIONS, dimensionOf(view)),
      table(
        'Core Web Vitals',
        heads,
        lines.map(({ group, row }) => cellsOf(group, row)),
      ),
      lines.length > MOST && h('p', { class: 'note' }, `Showing the ${MOST} with the most page views.`),
      ...warnings(answers[0]),
    )
  },
  csv: (answers, view) => csvOf(COLUMNS, linesOf(answers, dimensionOf(view).value)),
})

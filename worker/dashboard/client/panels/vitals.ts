import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, Row } from '../../../../shared/question'
import type { View } from '../../address'
import { dimensionName } from '../../dimensionName'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { speedTexts } from '../../texts/speed'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { queryPanel } from '../components/queryPanel'
import { refill } from '../components/refill'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { number } from '../format/number'
import { type Rating, ratingOf, VITAL_IDS, type VitalId } from '../format/ratingOf'
import { definitionOf } from '../state/definitionOf'

const { vitals: texts } = speedTexts
const { tabs } = clientFrameTexts

const VIEWS = 'pageviews'
const MOST = 50

const DIMENSIONS = [
  { value: 'page', text: tabs.pages },
  { value: 'device', text: tabs.devices },
  { value: 'browser', text: tabs.browsers },
  { value: 'country', text: tabs.countries },
] as const

const dimensionOf = ({ own }: View): (typeof DIMENSIONS)[number] => chosenOption(DIMENSIONS, own.speed_by)

const RATINGS: Readonly<Record<Rating, string>> = {
  good: texts.good,
  'needs improvement': texts.needsImprovement,
  poor: texts.poor,
}

const ratedCell = (vital: VitalId, { metrics }: Row): Child => {
  const value = metrics[vital]
  if (!value || value.value === null) return '–'
  const rating = ratingOf(vital, value.value)
  return h(
    'span',
    { class: 'rated', 'data-rating': rating },
    valueCell(definitionOf(vital), value),
    h('span', { class: 'rating' }, RATINGS[rating]),
  )
}

interface Line {
  readonly group: string
  readonly row: Row
}

const linesOf = ([all, groups]: readonly Answer[], dimension: string): Line[] => [
  ...(all?.rows ?? []).map(row => ({ group: clientFrameTexts.groups.all, row })),
  ...(groups?.rows ?? []).map(row => ({ group: groupText(dimension, row.dimensions?.[dimension] ?? ''), row })),
]

const viewsIn = ({ row }: Line): number => row.metrics[VIEWS]?.value ?? 0

const vitalColumn = (vital: VitalId): SortedColumn<Line> => {
  const { name, help } = definitionOf(vital)
  return {
    id: vital,
    text: name,
    help,
    number: true,
    value: ({ row }) => row.metrics[vital]?.value ?? null,
    cell: ({ row }) => ratedCell(vital, row),
  }
}

const sortOf = (view: View) => ({
  columns: [
    {
      id: 'group',
      text: dimensionName(dimensionOf(view).value),
      value: ({ group }: Line) => group,
      cell: ({ group }: Line) => h('bdi', {}, group),
    },
    {
      id: VIEWS,
      text: definitionOf(VIEWS).name,
      number: true,
      wide: true,
      value: viewsIn,
      cell: (line: Line) => number(viewsIn(line)),
    },
    ...VITAL_IDS.map(vitalColumn),
  ],
  name: 'speed_sort',
  usual: { by: VIEWS, direction: 'desc' } as const,
  isTotal: ({ row }: Line) => row.dimensions === undefined,
})

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
    const lines = linesOf(answers, dimensionOf(view).value)
    const isKnown = lines.some(({ row }) => VITAL_IDS.some(vital => row.metrics[vital]?.value != null))
    if (!isKnown) return refill(body, emptyState(texts.none))
    refill(
      body,
      optionLinks(texts.by, 'speed_by', DIMENSIONS, dimensionOf(view)),
      sortedTable(texts.table, sortOf(view), lines, view),
      lines.length > MOST && h('p', { class: 'note' }, fill(texts.most, { count: MOST })),
      ...warnings(answers[0]),
    )
  },
  csv: (answers, view) => csvOf(COLUMNS, sortedRows(sortOf(view), linesOf(answers, dimensionOf(view).value), view)),
})

import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue, Question } from '../../../../shared/question'
import { DEFAULT_VIEW, searchOf } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { sitesTexts } from '../../texts/sites'
import { changeCell } from '../components/changeCell'
import { find } from '../components/find'
import { h } from '../components/h'
import { panel } from '../components/panel'
import { periodOf } from '../components/queryPanel'
import { type SortedColumn, sortedRows, sortedTable } from '../components/sortedTable'
import { sparkline } from '../components/sparkline'
import { valueCell } from '../components/valueCell'
import { call } from '../state/call'
import { definitionOf } from '../state/definitionOf'

const { list } = sitesTexts
const { tables } = clientFrameTexts

interface Site {
  readonly domain: string
  readonly name: string
}

/** A site and its visitors; without them if its answer failed. */
interface SiteRow extends Site {
  readonly days: readonly number[]
  readonly week: MetricValue | undefined
  readonly month: MetricValue | undefined
  readonly period: Answer | undefined
}

const METRIC = 'visitors'
const sitesIn = (): readonly Site[] => JSON.parse(find('#site-list').dataset.sites ?? '[]')

/** Three questions that daily rollups answer. */
const questionsAbout = ({ domain: site }: Site): readonly Question[] => [
  { site, metrics: [METRIC], period: '30d', granularity: 'day' },
  { site, metrics: [METRIC], period: '7d', compare: 'previous_period' },
  { site, metrics: [METRIC], period: '30d', compare: 'previous_period' },
]

const valueIn = (answer: Answer | undefined): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

/** A call takes questions about one site. Browsers send a few calls at a time and let the others wait. */
const rowOf = async (site: Site, signal: AbortSignal): Promise<SiteRow> => {
  const body = JSON.stringify(questionsAbout(site))
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal }
  const answers = await call('/api/v1/query', init)
    .then(response => response.json() as Promise<readonly Partial<Answer>[]>)
    .catch((error: unknown) => {
      if (signal.aborted) throw error
      return []
    })
  const [days, week, month] = answers.map(answer => ('rows' in answer ? (answer as Answer) : undefined))
  return {
    ...site,
    // Today is not over, and would look like a fall.
    days: days?.rows.slice(0, -1).map(({ metrics }) => metrics[METRIC]?.value ?? 0) ?? [],
    week: valueIn(week),
    month: valueIn(month),
    period: month,
  }
}

const COLUMNS: readonly SortedColumn<SiteRow>[] = [
  {
    id: 'site',
    text: list.site,
    value: ({ domain }) => domain,
    cell: ({ domain, name }) =>
      h(
        'a',
        { class: 'group', href: `/${searchOf({ ...DEFAULT_VIEW, site: domain })}` },
        h('bdi', {}, domain),
        name !== domain && h('bdi', { class: 'called' }, name),
      ),
  },
  {
    id: 'days',
    text: list.days,
    wide: true,
    value: ({ days }) => days.at(-1) ?? null,
    cell: ({ days }) =>
      days.length > 1 && sparkline(fill(list.daysLabel, { low: Math.min(...days), high: Math.max(...days) }), days),
  },
  {
    id: 'week',
    text: list.week,
    number: true,
    value: ({ week }) => week?.value ?? null,
    cell: ({ week }) => valueCell(definitionOf(METRIC), week) ?? '–',
  },
  {
    id: 'week_change',
    text: tables.change,
    help: list.weekChange,
    number: true,
    wide: true,
    value: ({ week }) => week?.change?.value ?? null,
    cell: ({ week }) => changeCell(definitionOf(METRIC), week),
  },
  {
    id: 'month',
    text: list.month,
    number: true,
    value: ({ month }) => month?.value ?? null,
    cell: ({ month }) => valueCell(definitionOf(METRIC), month) ?? '–',
  },
  {
    id: 'month_change',
    text: tables.change,
    help: list.monthChange,
    number: true,
    wide: true,
    value: ({ month }) => month?.change?.value ?? null,
    cell: ({ month }) => changeCell(definitionOf(METRIC), month),
  },
]

const SITES = { columns: COLUMNS, name: 'sort', usual: { by: 'month', direction: 'desc' } } as const

const CSV: readonly CsvColumn<SiteRow>[] = [
  { name: 'site', of: ({ domain }) => domain },
  { name: 'name', of: ({ name }) => name },
  ...columnsIn(metricColumns('visitors_7_days', ['value', 'previous', 'change']), ({ week }: SiteRow) => week),
  ...columnsIn(metricColumns('visitors_30_days', ['value', 'previous', 'change']), ({ month }: SiteRow) => month),
]

/** Every site with its visitors. */
export const allSites = panel<readonly SiteRow[]>({
  key: () => '',
  load: (_, signal) => Promise.all(sitesIn().map(site => rowOf(site, signal))),
  draw: (body, rows, view) => body.replaceChildren(sortedTable(list.table, SITES, rows, view)),
  csv: (rows, view) => ({
    period: periodOf(rows.find(({ period }) => period)?.period),
    text: csvOf(CSV, sortedRows(SITES, rows, view)),
  }),
})

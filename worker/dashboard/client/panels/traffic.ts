import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { DateRange } from '../../../../shared/question'
import type { SiteSettings } from '../../../../shared/settings'
import type { TrafficVerdict } from '../../../../shared/verdicts'
import { periodText } from '../../address'
import { excludedTexts } from '../../texts/excluded'
import { emptyState } from '../components/emptyState'
import { panel } from '../components/panel'
import { refill } from '../components/refill'
import { sortedRows, sortedTable } from '../components/sortedTable'
import { number } from '../format/number'
import { VERDICT_TEXTS } from '../format/verdictTexts'
import { call } from '../state/call'
import { PAGE } from '../state/page'
import { verdictForm } from './verdictForm'

const { traffic: texts } = excludedTexts

interface Group {
  readonly verdicts: readonly TrafficVerdict[]
  readonly page: string
  readonly network: string
  readonly agent: string
  readonly requests: number
  readonly counted: boolean
}

/** The answer of `GET /api/v1/sites/:domain/excluded`, and for editors what the settings exclude. */
interface Traffic {
  readonly period: DateRange
  readonly rows: readonly Group[]
  readonly excluded: readonly TrafficVerdict[] | null
}

const reasonOf = ({ verdicts }: Group): string => verdicts.map(verdict => VERDICT_TEXTS[verdict]).join(', ')

const textColumn = (id: string, text: string, of: (group: Group) => string) => ({ id, text, value: of, cell: of })

const SORT = {
  columns: [
    textColumn('page', texts.page, ({ page }) => page || texts.unknown),
    textColumn('reason', texts.reason, reasonOf),
    textColumn('network', texts.network, ({ network }) => network || texts.unknown),
    textColumn('program', texts.program, ({ agent }) => agent),
    textColumn('counted', texts.counted, ({ counted }) => (counted ? texts.yes : texts.no)),
    {
      id: 'requests',
      text: texts.requests,
      help: texts.requestsHelp,
      number: true,
      value: ({ requests }: Group) => requests,
      cell: ({ requests }: Group) => number(requests),
    },
  ],
  name: 'traffic_sort',
  usual: { by: 'requests', direction: 'desc' } as const,
}

const COLUMNS: readonly CsvColumn<Group>[] = [
  { name: 'page', of: ({ page }) => page },
  { name: 'verdicts', of: ({ verdicts }) => verdicts.join(' ') },
  { name: 'network', of: ({ network }) => network },
  { name: 'program', of: ({ agent }) => agent },
  { name: 'counted', of: ({ counted }) => String(counted) },
  { name: 'requests', of: ({ requests }) => requests },
]

const read = async <T>(path: string, signal: AbortSignal): Promise<T> =>
  (await call(`/api/v1/sites/${path}`, { signal })).json()

/** Only editors may read settings. */
const readExcluded = async (site: string, signal: AbortSignal): Promise<Traffic['excluded']> =>
  PAGE.rights.edit
    ? (await read<{ settings: SiteSettings }>(encodeURIComponent(site), signal)).settings.excluded_verdicts
    : null

/** Excluded traffic by page, reason, network and program, and what is excluded. */
export const traffic = panel<Traffic>({
  key: ({ site, period }) => JSON.stringify([site, period]),
  load: async ({ site, period }, signal) => {
    const search = new URLSearchParams({ period: periodText(period) })
    const [listed, excluded] = await Promise.all([
      read<Omit<Traffic, 'excluded'>>(`${encodeURIComponent(site)}/excluded?${search}`, signal),
      readExcluded(site, signal),
    ])
    return { ...listed, excluded }
  },
  draw: (body, { rows, excluded }, view) =>
    refill(
      body,
      rows.length === 0 ? emptyState(texts.none) : sortedTable(texts.table, SORT, rows, view),
      excluded !== null && verdictForm(excluded, () => location.reload()),
    ),
  csv: ({ period, rows }, view) => ({ period, text: csvOf(COLUMNS, sortedRows(SORT, rows, view)) }),
})

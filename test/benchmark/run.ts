import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT } from '../../tools/config.ts'
import type { Bench } from './bench.ts'
import { type Load, type Say, type Wanted, withMonth } from './database.ts'
import { type Figures, missed, scaleFigures } from './figures.ts'
import { measureCpu } from './groups/cpu.ts'
import { measureExports } from './groups/exports.ts'
import { measureHttp } from './groups/http.ts'
import { measureImport } from './groups/import.ts'
import { measureIngest } from './groups/ingest.ts'
import {
  measureHistory,
  measureMonth,
  measureQuestions,
  measureRaw,
  measureReport,
  overviewOf,
} from './groups/month.ts'
import { measureMoveIn } from './groups/moveIn.ts'
import { measureRequests } from './groups/requests.ts'
import { measureSnippet } from './groups/snippet.ts'
import { machine } from './machine.ts'
import { benchmarksPage, textTable } from './report.ts'

const MILLION = 1_000_000
const OVER_A_MONTH = ['month', 'questions', 'raw'] as const
const OF_THEIR_OWN = [
  'history',
  'report',
  'ingest',
  'http',
  'import',
  'umami',
  'export',
  'snippet',
  'cpu',
  'requests',
] as const
const GROUPS: readonly string[] = [...OVER_A_MONTH, ...OF_THEIR_OWN]

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    pageviews: { type: 'string', default: String(MILLION) },
    full: { type: 'boolean', default: false },
    keep: { type: 'string' },
    only: { type: 'string', default: GROUPS.join(',') },
    write: { type: 'boolean', default: false },
    days: { type: 'string', default: '30' },
  },
})

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const pageviews = Number(values.pageviews)
if (!Number.isInteger(pageviews) || pageviews < 1000) fail('--pageviews must be a whole number from 1000 on.')
const only = values.only.split(',')
const unknown = only.find(name => !GROUPS.includes(name))
if (unknown !== undefined) fail(`There is no group "${unknown}"; --only takes ${GROUPS.join(', ')}.`)

/** Progress, on stderr: stdout holds only the figures. */
const say: Say = text => console.error(text)

const ofMonth = (name: (typeof OVER_A_MONTH)[number], bench: Bench, load: Load): Promise<Figures> => {
  if (name === 'questions') return measureQuestions(bench, load, say)
  return name === 'raw' ? measureRaw(bench, load) : measureMonth(bench, load)
}

/** Page views in each of two months. */
const ofHistory = { pageviews: pageviews === MILLION ? 1_200_000 : pageviews, days: 60, isSparse: true }

/** A month and the one it is compared with end up to 92 days ago. */
const DAYS_OF_REPORTS = 92
const ofReports = { pageviews: Math.round((pageviews * 30) / DAYS_OF_REPORTS), days: DAYS_OF_REPORTS, isShop: true }

const OWN: Readonly<Record<(typeof OF_THEIR_OWN)[number], () => Promise<Figures>>> = {
  history: () => withMonth(values.keep ?? null, ofHistory, say, measureHistory),
  report: () => withMonth(values.keep ?? null, ofReports, say, measureReport),
  ingest: () => measureIngest(say),
  http: measureHttp,
  import: () => measureImport(say),
  snippet: measureSnippet,
  cpu: measureCpu,
  requests: () => measureRequests(say),
  umami: () => measureMoveIn(pageviews),
  export: () => measureExports(pageviews),
}

/** The same load of the overview, over more events. */
const measureOverview = (wanted: Wanted, suffix: string): Promise<Figures> =>
  withMonth(values.keep ?? null, wanted, say, async (bench, load) => {
    const { ms, rowsRead } = await overviewOf(bench, load)
    return { [`rows_read_dashboard_30d_${suffix}`]: rowsRead, [`overview_ms_${suffix}`]: ms }
  })

const measure = async (): Promise<Figures> => {
  const figures: Record<string, number> = {}
  const overMonth = OVER_A_MONTH.filter(name => only.includes(name))
  if (overMonth.length > 0) {
    await withMonth(values.keep ?? null, { pageviews, days: 30 }, say, async (bench, load) => {
      for (const name of overMonth) Object.assign(figures, await ofMonth(name, bench, load))
    })
  }
  if (values.full)
    Object.assign(figures, await measureOverview({ pageviews: 5 * MILLION, days: Number(values.days) }, '5m'))
  for (const name of OF_THEIR_OWN.filter(name => only.includes(name))) Object.assign(figures, await OWN[name]())
  return { ...figures, ...scaleFigures(figures) }
}

/** The command as it can be run anywhere: without the folder of this run's databases. */
const command = (): string => {
  const numbers = pageviews === MILLION ? [] : [`--pageviews ${pageviews}`]
  const flags = (['full', 'write'] as const).flatMap(name => (values[name] ? [`--${name}`] : []))
  const days = values.days === '30' ? [] : [`--days ${values.days}`]
  const groups = only.length === GROUPS.length ? [] : [`--only ${values.only}`]
  return ['npm run bench --', ...numbers, ...flags, ...days, ...groups].join(' ')
}

const PAGE = join(PROJECT, 'docs/benchmarks.md')
const JSON_FILE = join(PROJECT, 'docs/benchmarks.json')

/** Writes the measured figures and leaves the others as they are. */
const write = async (figures: Figures): Promise<void> => {
  const run = { date: new Date().toISOString().slice(0, 10), command: command(), machine: machine() }
  await writeFile(PAGE, benchmarksPage(figures, run, await readFile(PAGE, 'utf8')))
  const all = { ...JSON.parse(await readFile(JSON_FILE, 'utf8')), ...figures }
  await writeFile(JSON_FILE, `${JSON.stringify(all, null, 2)}\n`)
}

const figures = await measure()
console.log(values.json ? JSON.stringify(figures) : textTable(figures))
if (values.write) await write(figures)
const over = missed(figures)
if (over.length > 0) console.error(`Missed: ${over.join(', ')}.`)
process.exitCode = over.length > 0 ? 1 : 0

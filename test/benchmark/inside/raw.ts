import type { Answer, Row } from '../../../shared/question'
import { formatDay, parseDay } from '../../../worker/lib/calendar'
import cards from '../sql/cards.sql'
import chart from '../sql/chart.sql'
import panel from '../sql/panel.sql'
import sessions from '../sql/sessions.sql'
import { overviewAnswers } from './questions'
import { benchSite } from './site'
import { timed } from './timed'

const DAY = 86_400_000

type Values = Readonly<Record<string, number | string | null>>

interface Asked {
  readonly rows: readonly Values[]
  readonly rowsRead: number
}

interface Span {
  readonly from: number
  readonly to: number
}

/** The overview by the plainest correct SQL over raw events, without derived tables. */
interface Raw {
  readonly cards: Values
  readonly cardsBefore: Values
  readonly chart: readonly Values[]
  readonly chartBefore: readonly Values[]
  readonly panel: readonly Values[]
}

const dayStart = (text: unknown): number => (parseDay(String(text)) ?? Number.NaN) * DAY

/** The API's period, and the same span of the days before it. */
const spansOf = (answer: Answer, now: number): { now: Span; before: Span } => {
  const period = answer.query.period as { from: string; to: string }
  const [from, to] = [dayStart(period.from), dayStart(period.to) + DAY]
  return {
    now: { from, to },
    before: { from: from - (to - from), to: Math.min(from, from - (to - from) + now - from) },
  }
}

const readRaw = async (db: D1Database, now: number, answer: Answer): Promise<Raw & { rowsRead: number }> => {
  const { id, currency } = await benchSite(db)
  const spans = spansOf(answer, now)
  const run = async (sql: string, { from, to }: Span, ...more: unknown[]): Promise<Asked> => {
    const { results, meta } = await db
      .prepare(sql)
      .bind(id, from, to, ...more)
      .all<Values>()
    return { rows: results, rowsRead: meta.rows_read }
  }
  const asked = [
    await run(`${sessions}${cards}`, spans.now, currency),
    await run(`${sessions}${cards}`, spans.before, currency),
    await run(chart, spans.now),
    await run(chart, spans.before),
    await run(panel, spans.now),
  ]
  const [current, before, days, daysBefore, pages] = asked.map(({ rows }) => rows)
  return {
    cards: current?.[0] ?? {},
    cardsBefore: before?.[0] ?? {},
    chart: days ?? [],
    chartBefore: daysBefore ?? [],
    panel: pages ?? [],
    rowsRead: asked.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one)))

const expectSame = (what: string, api: unknown, raw: unknown): void => {
  if (!isSame(api ?? null, raw ?? null)) throw new Error(`${what} is ${api} by the API and ${raw} by plain SQL`)
}

const expectMetrics = (what: string, row: Row | undefined, raw: Values, before: Values | null): void => {
  for (const [id, { value, previous }] of Object.entries(row?.metrics ?? {})) {
    expectSame(`${id} ${what}`, value, raw[id])
    if (before) expectSame(`${id} before ${what}`, previous, before[id])
  }
}

/** By day; a day without events has no row. */
const valueOn = (rows: readonly Values[], day: number): Values => ({
  visitors: rows.find(row => row.day === day)?.visitors ?? 0,
})

const expectChart = (answer: Answer | undefined, raw: Raw): void => {
  const days = answer?.rows.length ?? 0
  for (const row of answer?.rows ?? []) {
    const day = dayStart(row.time) / DAY
    expectMetrics(`on ${formatDay(day)}`, row, valueOn(raw.chart, day), valueOn(raw.chartBefore, day - days))
  }
}

/** @throws when an answer of the API differs from that of plain SQL */
const expectSameAnswers = ([cardsAnswer, chartAnswer, panelAnswer]: readonly Answer[], raw: Raw): void => {
  expectMetrics('of the cards', cardsAnswer?.rows[0], raw.cards, raw.cardsBefore)
  expectChart(chartAnswer, raw)
  expectSame('the number of pages', panelAnswer?.rows.length, raw.panel.length)
  for (const [index, row] of (panelAnswer?.rows ?? []).entries()) {
    expectSame(`page ${index + 1}`, row.dimensions?.page, raw.panel[index]?.page)
    expectMetrics(`of ${row.dimensions?.page}`, row, raw.panel[index] ?? {}, null)
  }
}

/** Answers the overview's queries by plain SQL and checks that the API's answers match. */
export const measureRaw = async (db: D1Database, now: number): Promise<{ ms: number; rowsRead: number }> => {
  const answers = await overviewAnswers(db, now)
  const [first] = answers
  if (!first) throw new Error('the overview asks nothing')
  const { result, ms } = await timed(() => readRaw(db, now, first))
  expectSameAnswers(answers, result)
  return { ms, rowsRead: result.rowsRead }
}

import type { Answer, Question } from '../../../shared/question'
import { DEFAULT_VIEW } from '../../../worker/dashboard/address'
import { breakdownQuestion } from '../../../worker/dashboard/breakdown'
import { OVERVIEW_BREAKDOWNS } from '../../../worker/dashboard/overviewBreakdowns'
import { OVERVIEW_CARDS } from '../../../worker/dashboard/overviewCards'
import { cardsQuestion, chartQuestion } from '../../../worker/dashboard/questions'
import { answerAll } from '../../../worker/http/answer'
import { parseQuery } from '../../../worker/query/parse/parseQuery'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { counting } from '../counting'
import { benchSite, DOMAIN } from './site'
import { timed } from './timed'

const VIEW = { ...DEFAULT_VIEW, site: DOMAIN }
const [FIRST] = OVERVIEW_CARDS

/** The queries of one load of the overview: cards, chart and breakdowns. */
const OVERVIEW: readonly Question[] = [
  cardsQuestion(OVERVIEW_CARDS, VIEW),
  chartQuestion([FIRST], VIEW),
  ...OVERVIEW_BREAKDOWNS.map(breakdown => breakdownQuestion(breakdown, VIEW)),
]

export interface Measured {
  readonly ms: number
  readonly rowsRead: number
}

const ask = async (real: D1Database, questions: readonly Question[], now: number) => {
  const site = await benchSite(real)
  const { db, counts } = counting(real)
  const { result, ms } = await timed(() =>
    answerAll(
      new Site(d1(db), site),
      questions.map(question => parseQuery(question)),
      now,
    ),
  )
  return { answers: result, ms, rowsRead: counts.rowsRead }
}

/** The overview's answers: cards, chart, breakdowns. */
export const overviewAnswers = async (db: D1Database, now: number): Promise<Answer[]> =>
  (await ask(db, OVERVIEW, now)).answers

/** One load of the overview. */
export const measureOverview = async (db: D1Database, now: number): Promise<Measured> => {
  const { ms, rowsRead } = await ask(db, OVERVIEW, now)
  return { ms, rowsRead }
}

/**
 * Pairs of common dimensions: of the event and the session, of the session twice, and one with a filter on the other.
 */
const PAIRS: readonly Omit<Question, 'site'>[] = [
  { metrics: ['pageviews'], dimensions: ['page', 'country'] },
  { metrics: ['pageviews'], dimensions: ['page'], filters: [['is', 'country', ['AA']]] },
  { metrics: ['sessions'], dimensions: ['channel', 'country'] },
  { metrics: ['visitors'], dimensions: ['source', 'device'] },
]

/** The longest time and the most rows of these questions over 30 days. */
export const measurePairs = async (db: D1Database, now: number): Promise<Measured> => {
  const costs: Measured[] = []
  for (const pair of PAIRS) costs.push(await ask(db, [{ ...pair, site: DOMAIN, period: '30d' }], now))
  return { ms: Math.max(...costs.map(({ ms }) => ms)), rowsRead: Math.max(...costs.map(({ rowsRead }) => rowsRead)) }
}

/** The cost of the site's catalogue. */
export const measureCatalogue = async (real: D1Database, now: number): Promise<Measured> => {
  const site = await benchSite(real)
  const { db, counts } = counting(real)
  const { ms } = await timed(() => new Site(d1(db), site).availability(now))
  return { ms, rowsRead: counts.rowsRead }
}

/** One metric alone, of the last 30 days, with its default parameters. */
export const measureMetric = async (db: D1Database, metric: string, now: number): Promise<Measured> => {
  const { ms, rowsRead } = await ask(db, [{ site: DOMAIN, metrics: [metric], period: '30d' }], now)
  return { ms, rowsRead }
}

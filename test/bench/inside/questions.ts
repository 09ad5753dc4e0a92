import type { Answer, Question } from '../../../shared/question'
import { answer } from '../../../worker/api/answer'
import { DEFAULT_VIEW } from '../../../worker/dashboard/address'
import { OVERVIEW_BREAKDOWN } from '../../../worker/dashboard/overviewBreakdown'
import { overview } from '../../../worker/dashboard/pages/overview'
import { breakdownQuestion, cardsQuestion, chartQuestion } from '../../../worker/dashboard/questions'
import { planOf } from '../../../worker/metrics/question'
import type { Site } from '../../../worker/store/sites'
import { counting } from '../counting'
import { benchSite, DOMAIN } from './site'
import { timed } from './timed'

const VIEW = { ...DEFAULT_VIEW, site: DOMAIN }
const [FIRST = ''] = overview.metrics

/** What one load of the overview asks: its cards, its chart and its panel. */
const OVERVIEW: readonly Question[] = [
  cardsQuestion(overview.metrics, VIEW),
  chartQuestion(FIRST, VIEW),
  breakdownQuestion(OVERVIEW_BREAKDOWN, VIEW),
]

/** As the API answers questions that a page asks together. */
const askAll = (db: D1Database, site: Site, questions: readonly Question[], now: number): Promise<Answer[]> =>
  Promise.all(questions.map(question => answer(db, site, planOf(question), now)))

export interface Measured {
  readonly ms: number
  readonly rowsRead: number
}

const ask = async (real: D1Database, questions: readonly Question[], now: number) => {
  const site = await benchSite(real)
  const { db, counts } = counting(real)
  const { result, ms } = await timed(() => askAll(db, site, questions, now))
  return { answers: result, ms, rowsRead: counts.rowsRead }
}

/** The overview's answers: cards, chart, panel. */
export const overviewAnswers = async (db: D1Database, now: number): Promise<Answer[]> =>
  (await ask(db, OVERVIEW, now)).answers

/** One load of the overview. */
export const measureOverview = async (db: D1Database, now: number): Promise<Measured> => {
  const { ms, rowsRead } = await ask(db, OVERVIEW, now)
  return { ms, rowsRead }
}

/** One metric alone, of the last 30 days, with its default parameters. */
export const measureMetric = async (db: D1Database, metric: string, now: number): Promise<Measured> => {
  const { ms, rowsRead } = await ask(db, [{ site: DOMAIN, metrics: [metric], period: '30d' }], now)
  return { ms, rowsRead }
}

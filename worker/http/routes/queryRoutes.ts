import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import type { Answer, Question } from '../../../shared/question'
import { isFields } from '../../collect/parse/fields'
import { sharesMetric } from '../../dashboard/shareablePages'
import type { HonoEnv } from '../../env'
import { logFailure } from '../../lib/log'
import { Problem } from '../../lib/problem'
import { catalogue } from '../../metrics/catalogue'
import { metricOf } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import { csvOfAnswer } from '../../query/finish/csv'
import type { Query } from '../../query/parse/query'
import { unknownMetric } from '../../query/parse/unknownMetric'
import type { SiteEngine } from '../../site'
import { type Access, VIEWER_BY_QUERY, VIEWER_IF_SITE } from '../access'
import { answer } from '../answer'
import { availableMetrics, withoutReasons } from '../availableMetrics'
import { readJson } from '../body'
import { filtersIn } from '../filtersIn'
import { periodIn } from '../periodIn'
import { problemOf } from '../problemOf'
import { queryOf } from '../queryOf'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { wantedColumns } from '../wantedColumns'
import { shareOf } from '../withinShare'

const wantsCsv = (c: Context<HonoEnv>): boolean =>
  c.req.query('format') === 'csv' || /\btext\/csv\b/.test(c.req.header('accept') ?? '')

const ask = async (c: Context<HonoEnv>, question: Question): Promise<Response> => {
  const query = queryOf(c, question)
  const columns = wantedColumns(c)
  const found: Answer = await answer(siteOf(c), query, Date.now())
  if (!wantsCsv(c)) return c.json(found)
  return c.body(csvOfAnswer(found, columns), 200, { 'content-type': 'text/csv; charset=utf-8' })
}

const bad = (message: string): Problem => new Problem(400, 'bad_shape', message)

/** @throws Problem `bad_shape`, unless all queries are about one site */
const questionsOf = (body: readonly unknown[]): readonly Question[] => {
  const most = LIMITS.questionsPerCall
  if (body.length === 0 || body.length > most) throw bad(`A list must contain 1 to ${most} queries.`)
  const questions = body.map(question => {
    if (isFields(question)) return question as unknown as Question
    throw bad('Each query in a list must be a JSON object.')
  })
  if (new Set(questions.map(({ site }) => site)).size > 1)
    throw bad('All queries in a list must be about the same site.')
  return questions
}

const queryOrProblem = (c: Context<HonoEnv>, question: Question): Query | Problem => {
  try {
    return queryOf(c, question)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const errorBody = ({ code, message }: Problem) => ({ error: { code, message } })

const answerOrError = (found: PromiseSettledResult<Answer> | undefined) => {
  if (found?.status === 'fulfilled') return found.value
  logFailure(found?.reason, { method: 'POST', route: '/api/v1/query' })
  return errorBody(problemOf(found?.reason, 'This query could not be answered. Try again.'))
}

/** A list costs less than its queries one by one. A query that is rejected or fails does not affect the others. */
const askAll = async (c: Context<HonoEnv>, questions: readonly Question[]): Promise<Response> => {
  if (wantsCsv(c)) throw bad('A list of queries is answered as JSON. For CSV, send one query at a time.')
  const site = siteOf(c)
  const queries = questions.map(question => queryOrProblem(c, question))
  const found = await site.query(
    queries.flatMap(query => (query instanceof Problem ? [] : [query])),
    Date.now(),
  )
  const answers = found.values()
  return c.json(
    queries.map(query => (query instanceof Problem ? errorBody(query) : answerOrError(answers.next().value))),
  )
}

const json = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, `bad_${name}`, `"${name}" must be JSON.`)
  }
}

/** Fields of a query that an address can contain. Every other name is a parameter of the metrics. */
const FIELDS: Record<string, (text: string) => [string, unknown]> = {
  site: text => ['site', text],
  period: text => ['period', periodIn(text)],
  by: text => ['dimensions', text.split(',')],
  granularity: text => ['granularity', text],
  compare: text => ['compare', periodIn(text)],
  include_previous: text => ['include_previous', text === '' || text === 'true' ? true : text],
  filters: text => ['filters', filtersIn(text)],
  order_by: text => ['order_by', json(text, 'order_by')],
  limit: text => ['limit', Number(text)],
  offset: text => ['offset', Number(text)],
  explain: text => ['explain', text === '' || text === 'true' ? true : text],
}

/** These choose the format of the answer and are not part of the query. */
const OF_CSV: readonly string[] = ['format', 'columns']

/** The metrics that an address names, separated by commas. */
const metricsIn = (ids: string): Metric[] =>
  ids.split(',').map(id => {
    const metric = metricOf(id.trim())
    if (!metric) throw unknownMetric(404, id.trim())
    return metric
  })

/** Gives a parameter to each metric that has it. One that no metric has goes to the first, which rejects it. */
const parametersOf = (
  metrics: readonly Metric[],
  given: Readonly<Record<string, string>>,
): Record<string, Record<string, string>> => {
  const takes = ({ parameters }: Metric, name: string): boolean => parameters.some(one => one.name === name)
  const isFor = (metric: Metric, name: string): boolean =>
    takes(metric, name) || (metric === metrics[0] && !metrics.some(one => takes(one, name)))
  const entries = metrics.map(metric => {
    const own = Object.entries(given).filter(([name]) => isFor(metric, name))
    return [metric.id, Object.fromEntries(own)] as const
  })
  return Object.fromEntries(entries)
}

const questionOf = (metrics: readonly Metric[], query: Record<string, string>): Question => {
  const fields: Record<string, unknown> = {}
  const parameters: Record<string, string> = {}
  for (const [name, text] of Object.entries(query)) {
    if (OF_CSV.includes(name)) continue
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name]?.(text) : undefined
    if (field) fields[field[0]] = field[1]
    else parameters[name] = text
  }
  const asked = { metrics: metrics.map(({ id }) => id), parameters: parametersOf(metrics, parameters) }
  return { ...fields, ...asked } as unknown as Question
}

/** A query names its site in the body. */
const VIEWER_BY_BODY: Access = {
  who: 'read key',
  isShared: true,
  domain: async c => {
    const body = await readJson(c.req.raw, LIMITS.bodyBytes)
    if (Array.isArray(body)) {
      const questions = questionsOf(body)
      c.set('questions', questions)
      return questions[0]?.site
    }
    if (!isFields(body)) throw bad('A query must be a JSON object or a list of them.')
    c.set('questions', body as unknown as Question)
    return body.site
  },
}

const isList = (questions: Question | readonly Question[]): questions is readonly Question[] => Array.isArray(questions)

/** The catalogue for whoever asks. Whether the whole site has data says nothing about the part that a share with filters shows. */
const metricsFor = async (c: Context<HonoEnv>, site: SiteEngine) => {
  const share = shareOf(c)
  if (!share) return availableMetrics(site, Date.now())
  const metrics = share.filters.length > 0 ? withoutReasons() : await availableMetrics(site, Date.now())
  return metrics.filter(({ id }) => sharesMetric(share, id))
}

/** Queries and the catalogue of metrics. */
export const queryRoutes = [
  route('POST', '/api/v1/query', VIEWER_BY_BODY, c => {
    const { questions = [] } = c.var
    return isList(questions) ? askAll(c, questions) : ask(c, questions)
  }),
  route('GET', '/api/v1/metrics', VIEWER_IF_SITE, async c =>
    c.json({ metrics: c.var.site ? await metricsFor(c, c.var.site) : catalogue() }),
  ),
  route('GET', '/api/v1/metrics/:id', VIEWER_BY_QUERY, c =>
    ask(c, questionOf(metricsIn(c.req.param('id')), c.req.query())),
  ),
]

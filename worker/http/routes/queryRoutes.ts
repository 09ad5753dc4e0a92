import type { Context } from 'hono'
import { LIMITS } from '../../../shared/limits'
import type { Answer, Question } from '../../../shared/question'
import { isFields } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { logFailure } from '../../lib/log'
import { Problem } from '../../lib/problem'
import { catalogue } from '../../metrics/catalogue'
import { metricOf } from '../../metrics/definitions'
import { COLUMN_SETS, type ColumnSet, csvOfAnswer } from '../../query/finish/csv'
import { parseQuery } from '../../query/parse/parseQuery'
import type { Query } from '../../query/parse/query'
import type { SiteEngine } from '../../site'
import { type Access, READER_BY_QUERY, READER_IF_SITE } from '../access'
import { answer, answerAll } from '../answer'
import { readJson } from '../body'
import { periodIn } from '../periodIn'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** A metric of states at a start has none over a whole history, and one of the last days none of a site long quiet. */
const LOOKED_AT = ['all', '90d'] as const

/**
 * The catalogue with what a site has: a metric is available when the site's history gives it a value that is not
 * nothing of what was never sent, and else says what is missing.
 */
const availability = async (site: SiteEngine) => {
  const entries = catalogue()
  const metrics = entries.map(({ id }) => id)
  const plans = LOOKED_AT.map(period => parseQuery({ site: site.config.domain, metrics, period }))
  const answers = await answerAll(site, plans, Date.now())
  return entries.map(entry => {
    const reasons = answers.map(({ rows }) => {
      const { value, reason } = rows[0]?.metrics[entry.id] ?? { value: null }
      return reason ?? (value === 0 && entry.send ? `There is none yet; send ${entry.send}.` : undefined)
    })
    const available = reasons.includes(undefined)
    return { ...entry, available, missing: available ? [] : reasons.slice(0, 1) }
  })
}

const wantsCsv = (c: Context<HonoEnv>): boolean =>
  c.req.query('format') === 'csv' || /\btext\/csv\b/.test(c.req.header('accept') ?? '')

const columnsIn = (c: Context<HonoEnv>): ColumnSet => {
  const given = c.req.query('columns') ?? 'value'
  const set = COLUMN_SETS.find(one => one === given)
  if (set) return set
  throw new Problem(400, 'bad_columns', `"columns" must be one of ${COLUMN_SETS.join(', ')}.`)
}

const ask = async (c: Context<HonoEnv>, question: Question): Promise<Response> => {
  const plan = parseQuery(question)
  const columns = columnsIn(c)
  const found: Answer = await answer(siteOf(c), plan, Date.now())
  if (!wantsCsv(c)) return c.json(found)
  return c.body(csvOfAnswer(found, columns), 200, { 'content-type': 'text/csv; charset=utf-8' })
}

const bad = (message: string): Problem => new Problem(400, 'bad_shape', message)

/** What can be asked at once: questions of one site. */
const questionsOf = (body: readonly unknown[]): readonly Question[] => {
  const most = LIMITS.questionsPerCall
  if (body.length === 0 || body.length > most) throw bad(`A list must hold from 1 to ${most} questions.`)
  const questions = body.map(question => {
    if (isFields(question)) return question as unknown as Question
    throw bad('Each question of a list must be a JSON object.')
  })
  if (new Set(questions.map(({ site }) => site)).size > 1) throw bad('The questions of a list must be about one site.')
  return questions
}

const planOrProblem = (question: Question): Query | Problem => {
  try {
    return parseQuery(question)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const errorBody = ({ code, message }: Problem) => ({ error: { code, message } })

const answerOrError = (found: PromiseSettledResult<Answer> | undefined) => {
  if (found?.status === 'fulfilled') return found.value
  logFailure(found?.reason, { method: 'POST', route: '/api/v1/query' })
  return errorBody(new Problem(503, 'unavailable', 'This question could not be answered now; try again.'))
}

/** Several questions at once cost less than one by one; what one of them is refused or fails for does not keep the others. */
const askAll = async (c: Context<HonoEnv>, questions: readonly Question[]): Promise<Response> => {
  if (wantsCsv(c)) throw bad('A list of questions is answered as JSON; ask one at a time for CSV.')
  const plans = questions.map(planOrProblem)
  const found = await siteOf(c).query(
    plans.flatMap(plan => (plan instanceof Problem ? [] : [plan])),
    Date.now(),
  )
  const answers = found.values()
  return c.json(plans.map(plan => (plan instanceof Problem ? errorBody(plan) : answerOrError(answers.next().value))))
}

const json = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, `bad_${name}`, `"${name}" must be JSON.`)
  }
}

/** Fields of a question that an address can hold; every other one is a parameter of the metric. */
const FIELDS: Record<string, (text: string) => [string, unknown]> = {
  site: text => ['site', text],
  period: text => ['period', periodIn(text)],
  by: text => ['dimensions', text.split(',')],
  granularity: text => ['granularity', text],
  compare: text => ['compare', text],
  filters: text => ['filters', json(text, 'filters')],
  order_by: text => ['order_by', json(text, 'order_by')],
  limit: text => ['limit', Number(text)],
  explain: text => ['explain', text === '' || text === 'true' ? true : text],
}

/** These say how the answer is written, and nothing about the question. */
const OF_CSV: readonly string[] = ['format', 'columns']

const questionOf = (metric: string, query: Record<string, string>): Question => {
  const fields: Record<string, unknown> = {}
  const parameters: Record<string, string> = {}
  for (const [name, text] of Object.entries(query)) {
    if (OF_CSV.includes(name)) continue
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name]?.(text) : undefined
    if (field) fields[field[0]] = field[1]
    else parameters[name] = text
  }
  return { ...fields, metrics: [metric], parameters: { [metric]: parameters } } as unknown as Question
}

/** A query names its site in the body. */
const READER_BY_BODY: Access = {
  who: 'read key',
  domain: async c => {
    const body = await readJson(c.req.raw, LIMITS.bodyBytes)
    if (Array.isArray(body)) {
      const questions = questionsOf(body)
      c.set('questions', questions)
      return questions[0]?.site
    }
    if (!isFields(body)) throw bad('A question must be a JSON object, or a list of them.')
    c.set('questions', body as unknown as Question)
    return body.site
  },
}

const isList = (questions: Question | readonly Question[]): questions is readonly Question[] => Array.isArray(questions)

/** Queries and the catalogue of metrics. */
export const queryRoutes = [
  route('POST', '/api/v1/query', READER_BY_BODY, c => {
    const { questions = [] } = c.var
    return isList(questions) ? askAll(c, questions) : ask(c, questions)
  }),
  route('GET', '/api/v1/metrics', READER_IF_SITE, async c =>
    c.json({ metrics: c.var.site ? await availability(c.var.site) : catalogue() }),
  ),
  route('GET', '/api/v1/metrics/:id', READER_BY_QUERY, c => {
    const metric = metricOf(c.req.param('id'))
    if (!metric) throw new Problem(404, 'unknown_metric', 'There is no such metric; GET /api/v1/metrics lists them.')
    return ask(c, questionOf(metric.id, c.req.query()))
  }),
]

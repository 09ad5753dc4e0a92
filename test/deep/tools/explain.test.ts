import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Answer } from '../../../shared/question'
import { PROJECT } from '../../../tools/config'
import { type Server, startServer } from '../../../tools/server/server'
import { temporaryFolder } from '../../tools/folder'

const HOUR = 3_600_000

/** `npm run explain -- <query>` and its output. */
const explain = async (dataDir: string, question?: object | string) => {
  const text = typeof question === 'object' ? JSON.stringify(question) : question
  const child = spawn(process.execPath, [join(PROJECT, 'tools/explain.ts'), ...(text === undefined ? [] : [text])], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', chunk => (printed.out += chunk))
  child.stderr.on('data', chunk => (printed.err += chunk))
  const [code] = await once(child, 'close')
  return { code, ...printed }
}

const call = async <T>({ url, adminToken }: Server, path: string, body: unknown): Promise<T> => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.ok).toBe(true)
  return response.json() as Promise<T>
}

interface Segment {
  readonly segment: number
  readonly source: string
  readonly measures: readonly string[]
}

interface Explanation {
  readonly plan: { readonly current: { readonly segments: readonly Segment[] } }
  readonly statements: readonly { sql: string; values: unknown[]; computes: { segment: number; measure: string }[] }[]
  readonly partial_results: readonly {
    segment: number
    results: { measure: string; sums?: Record<string, number> }[]
  }[]
  readonly answer: Answer
}

test("a query is explained from its plan to its answer, which matches the server's", async () => {
  const dataDir = await temporaryFolder()
  const server = await startServer({ port: 0, dataDir, quiet: true })
  onTestFinished(() => server.stop())
  const events = Array.from({ length: 300 }, (_, n) => ({
    id: `${n}`,
    name: 'page_view',
    url: `https://localhost/${n % 9}`,
    visitor_id: `v${n % 20}`,
    time: Date.now() - n * 0.5 * HOUR,
  }))
  await call(server, '/api/v1/events?site=localhost', { events })
  await server.runCron()
  const question = { site: 'localhost', metrics: ['visitors', 'pageviews', 'session_duration'], period: '7d' }
  const expected = await call<Answer>(server, '/api/v1/query', question)

  const running = await explain(dataDir, question)
  expect(running).toEqual({
    code: 1,
    out: '',
    err: `Another Footfall process uses the data in ${dataDir}. Stop it, or choose another folder with DATA_DIR.\n`,
  })
  await server.stop()
  const { code, out, err } = await explain(dataDir, question)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const { plan, statements, partial_results, answer }: Explanation = JSON.parse(out)
  expect(answer.rows).toEqual(expected.rows)

  const { segments } = plan.current
  expect(new Set(segments.map(({ source }) => source))).toEqual(new Set(['live', 'rollup']))
  expect(new Set(segments.flatMap(({ measures }) => measures))).toEqual(new Set(question.metrics))
  const live = segments.filter(({ source }) => source === 'live').map(({ segment }) => segment)
  expect(new Set(statements.flatMap(({ computes }) => computes.map(({ segment }) => segment)))).toEqual(new Set(live))
  expect(statements.every(({ sql, values }) => sql.includes('select') && values.length > 0)).toBe(true)
  const pageviews = partial_results.flatMap(({ results }) =>
    results.flatMap(({ measure, sums }) => (measure === 'pageviews' ? (sums?.count ?? 0) : [])),
  )
  expect(pageviews.length).toBeGreaterThan(1)
  expect(pageviews.reduce((total, one) => total + one, 0)).toBe(answer.rows[0]?.metrics.pageviews?.value)
})

test('a query that cannot be explained is reported in one sentence', async () => {
  const [dataDir, empty] = [await temporaryFolder(), await temporaryFolder()]
  await (await startServer({ port: 0, dataDir, quiet: true })).stop()
  const usage = `Give one question as POST /api/v1/query takes it: npm run explain -- '{"site":"localhost","metrics":["visitors"],"period":"7d"}'.`
  const cases = [
    [dataDir, 'visitors', usage],
    [dataDir, { site: 'none.example', metrics: ['visitors'] }, 'There is no site "none.example".'],
    [dataDir, { site: 'localhost', metrics: ['visitors'], period: '8d' }, /^There is no period "8d"; /],
    [empty, { site: 'localhost', metrics: ['visitors'] }, `There is no database in ${empty}: run npm start first.`],
  ] as const
  for (const [folder, question, sentence] of cases) {
    const { code, out, err } = await explain(folder, question)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  }
})

import { env } from 'cloudflare:workers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type InvocationLimits, limitedDatabase } from './limitedDatabase'

interface Tried {
  readonly sql: string
  readonly values?: readonly unknown[]
}

/** The error that a statement or a batch is refused with, '' if it is not. */
const refusal = async (tried: readonly Tried[], limits: Partial<InvocationLimits> = {}): Promise<string> => {
  const { db, usage } = limitedDatabase(env.DB, limits)
  try {
    const [only, ...others] = tried.map(({ sql, values = [] }) => db.prepare(sql).bind(...values))
    await (only && others.length === 0 ? only.all() : db.batch(only ? [only, ...others] : others))
    expect(usage.errors).toEqual([])
    return ''
  } catch (error) {
    expect(usage.errors).toEqual([String(error)])
    return String(error).replace(/^Error: /, '')
  }
}

const list = (count: number, item: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => item(n)).join(', ')

/** A text of so many bytes, with fewer characters. */
const textOf = (bytes: number): string => `é${'x'.repeat(bytes - 2)}`

const pattern = (operator: string) => (bytes: number) => ({ sql: `select '' ${operator} ?1`, values: [textOf(bytes)] })

interface Limited {
  readonly most: number
  readonly error: string
  of(count: number): Tried
}

const TOO_BIG = 'D1_ERROR: string or blob too big: SQLITE_TOOBIG'
const TOO_COMPLEX = 'D1_ERROR: LIKE or GLOB pattern too complex: SQLITE_ERROR'

const LIMITED: Readonly<Record<string, Limited>> = {
  'bytes of a statement': {
    most: 100_000,
    error: 'D1_ERROR: statement too long: SQLITE_TOOBIG',
    of: n => ({ sql: `select 1 /*${textOf(n - 13)}*/` }),
  },
  'bound values': {
    most: 100,
    error: 'D1_ERROR: variable number must be between ?1 and ?100 at offset 605: SQLITE_ERROR',
    of: n => ({ sql: `select 1 in (${list(n, i => `?${i + 1} `)})`, values: Array.from({ length: n }, () => 1) }),
  },
  'bytes of a bound value': {
    most: 2_000_000,
    error: TOO_BIG,
    of: n => ({ sql: 'select length(?1)', values: [textOf(n)] }),
  },
  'bytes of a row': {
    most: 2_000_000,
    error: TOO_BIG,
    of: n => ({ sql: 'select ?1, ?2', values: [textOf(1_000_000), textOf(n - 1_000_000)] }),
  },
  'terms of a compound select': {
    most: 5,
    error: 'D1_ERROR: too many terms in compound SELECT: SQLITE_ERROR',
    of: n => ({ sql: list(n, i => `select ${i}`).replaceAll(',', ' union all') }),
  },
  'bytes of a pattern of like': { most: 50, error: TOO_COMPLEX, of: pattern('like') },
  'bytes of a pattern of glob': { most: 50, error: TOO_COMPLEX, of: pattern('glob') },
  'depth of an expression': {
    most: 100,
    error: 'D1_ERROR: Expression tree is too large (maximum depth 100): SQLITE_ERROR',
    of: n => ({ sql: `select ${list(n, () => '1').replaceAll(',', ' +')}` }),
  },
  'arguments of a function': {
    most: 32,
    error: 'D1_ERROR: too many arguments on function max: SQLITE_ERROR',
    of: n => ({ sql: `select max(${list(n, i => `abs(${i})`)})` }),
  },
  'columns of a result': {
    most: 100,
    error: 'D1_ERROR: too many columns in result set: SQLITE_ERROR',
    of: n => ({ sql: `select ${list(n, String)}` }),
  },
  'columns of a table': {
    most: 100,
    error: 'D1_ERROR: too many columns on wide: SQLITE_ERROR',
    of: n => ({ sql: `create table wide (${list(n, i => `c${i}`)})` }),
  },
}

describe.each(Object.entries(LIMITED))('%s', (_name, { most, error, of }) => {
  const DROP = { sql: 'drop table if exists wide' }

  test('D1 takes as many as its limit, by itself and in a batch', async () => {
    expect(await refusal([of(most)])).toBe('')
    expect(await refusal([DROP, of(most)])).toBe('')
    expect(await refusal([DROP])).toBe('')
  })

  test('D1 refuses one more, by itself and in a batch', async () => {
    expect(await refusal([of(most + 1)])).toBe(error)
    expect(await refusal([DROP, of(most + 1)])).toBe(error)
  })
})

test('D1 refuses a statement that compiles to more than 25,000 operations', async () => {
  const statement = (subqueries: number): Tried => {
    const one = "(select count(*) from json_each('[]'))"
    return { sql: `select ${list(subqueries / 20, () => `(${list(20, () => one).replaceAll(',', ' +')})`)}` }
  }
  const { results } = await env.DB.prepare(`explain ${statement(1_000).sql}`).all()
  expect(results.length).toBeLessThan(25_000)
  expect(await refusal([statement(1_000)])).toBe('')
  expect(await refusal([statement(2_000)])).toBe('D1_ERROR: out of memory: SQLITE_NOMEM')
})

test('D1 refuses a result of more than 50 MB', async () => {
  const statement = (rows: number): Tried => ({
    sql: 'select ?1 as text from json_each(?2)',
    values: [textOf(1_000_000), JSON.stringify(Array.from({ length: rows }, () => 0))],
  })
  expect(await refusal([statement(50)])).toBe('')
  expect(await refusal([statement(51)])).toBe('D1_ERROR: The result of the query is too large.')
})

/** Reads so many rows. */
const reading = (rows: number): Tried => ({
  sql: 'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1) select count(*) from n',
  values: [rows - 1],
})

test('a statement or a batch that reads too many rows takes too long', async () => {
  const error = 'D1_ERROR: D1 DB exceeded its CPU time limit and was reset.'
  const limits = { rowsRead: 1_000 }
  expect(await refusal([reading(1_000)], limits)).toBe('')
  expect(await refusal([reading(1_001)], limits)).toBe(error)
  expect(await refusal([reading(500), reading(500)], limits)).toBe('')
  expect(await refusal([reading(500), reading(501)], limits)).toBe(error)
})

test('an invocation makes so many calls with so many statements', async () => {
  const { db, usage } = limitedDatabase(env.DB, { calls: 3, statements: 4 })
  const one = () => db.prepare('select 1')
  await one().all()
  await db.batch([one(), one()])
  const refused = 'Too many API requests by single Worker invocation.'
  await expect(db.batch([one(), one()])).rejects.toThrow(refused)
  const other = limitedDatabase(env.DB, { calls: 2 }).db
  for (let n = 0; n < 2; n++) await other.prepare('select 1').all()
  await expect(other.prepare('select 1').all()).rejects.toThrow(refused)
  expect(usage).toMatchObject({ calls: 3, statements: 5, errors: [`Error: ${refused}`] })
})

test('rows read and written are counted', async () => {
  const { db, usage } = limitedDatabase(env.DB)
  await db.batch([
    db.prepare('create table counted (number)'),
    db.prepare('insert into counted select value from json_each(?1)').bind('[1,2,3]'),
  ])
  const before = usage.rowsRead
  expect(await db.prepare('select * from counted').all()).toMatchObject({
    results: [{ number: 1 }, { number: 2 }, { number: 3 }],
  })
  expect([usage.rowsRead - before, usage.rowsWritten]).toEqual([3, 5])
  onTestFinished(() => void env.DB.exec('drop table counted'))
})

interface Session {
  fetcher: { fetch(...args: readonly unknown[]): Promise<Response> }
}

test('a batch is one subrequest, however many statements it has', async () => {
  const { alwaysPrimarySession: session } = env.DB as unknown as { alwaysPrimarySession: Session }
  const real = session.fetcher
  onTestFinished(() => {
    session.fetcher = real
  })
  let subrequests = 0
  session.fetcher = {
    fetch: (...args) => {
      subrequests += 1
      return real.fetch(...args)
    },
  }
  await env.DB.batch(Array.from({ length: 200 }, () => env.DB.prepare('select 1')))
  expect(subrequests).toBe(1)
  await env.DB.prepare('select 1').all()
  expect(subrequests).toBe(2)
})

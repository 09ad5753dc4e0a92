import { expect, test } from 'vitest'
import { combineStatements } from './combineStatements'
import type { Statement } from './statement'

const statementOf = (sql: string, values: readonly unknown[] = []): Statement => ({
  sql,
  values,
  lookback: 0,
  measures: [0],
  dimensions: 0,
  shape: { form: 'sums', sums: [{ n: 'm0_n' }] },
})

const many = (count: number, sql: string, values?: readonly unknown[]): Statement[] =>
  Array.from({ length: count }, () => statementOf(sql, values))

const sizes = (statements: readonly Statement[]): number[] =>
  combineStatements(statements).map(({ parts }) => parts.length)

test('few statements stay as they are', () => {
  const statements = many(16, 'select 1 as bucket, ?1 as m0_n', [1])
  expect(combineStatements(statements)).toEqual(statements.map(one => ({ sql: one.sql, values: [1], parts: [one] })))
})

test('many statements run as few, at most six of them as one', () => {
  expect(sizes(many(17, 'select 1'))).toEqual([...Array.from({ length: 8 }, () => 2), 1])
  expect(sizes(many(80, 'select 1'))).toEqual(Array.from({ length: 16 }, () => 5))
  expect(sizes(many(101, 'select 1'))).toEqual([...Array.from({ length: 16 }, () => 6), 5])
  expect(sizes(many(100, 'x'.repeat(4_000)))).toEqual(Array.from({ length: 20 }, () => 5))
})

test('a compound select has at most five terms, of which one can be a compound select of two', () => {
  const [combined] = combineStatements(many(101, 'select 1'))
  const [outer = ''] = [combined?.sql.replaceAll(/^select \* from \([\s\S]*?\n\)\n\)/gm, 'pair') ?? '']
  expect(outer.split('\nunion all\n').map(term => term.startsWith('pair'))).toEqual([true, false, false, false, false])
})

test('a value that statements share is bound once', () => {
  const [combined] = combineStatements([
    ...many(1, 'select ?1, ?2', ['a', 'b']),
    ...many(16, 'select ?1, ?2', ['b', 'c']),
  ])
  expect(combined?.values).toEqual(['a', 'b', 'c'])
  expect(combined?.sql).toBe(`select 0 as part, bucket as c0, m0_n as c1 from (
select ?1, ?2
)
union all
select 1 as part, bucket as c0, m0_n as c1 from (
select ?2, ?3
)`)
})

test('a statement with fewer columns than others returns null for the rest', () => {
  const wide: Statement = { ...statementOf('select 2'), dimensions: 1 }
  const [combined] = combineStatements([...many(1, 'select 1'), wide, ...many(15, 'select 1')])
  expect(combined?.sql).toContain('bucket as c0, m0_n as c1, null as c2')
  expect(combined?.sql).toContain('bucket as c0, d0 as c1, m0_n as c2')
})

test('SQL and bound values stay within the limits of D1', () => {
  expect(sizes(many(17, 'x'.repeat(60_000)))).toEqual(Array.from({ length: 17 }, () => 1))
  const values = Array.from({ length: 17 }, (_, n) => Array.from({ length: 60 }, (_, m) => n * 60 + m))
  expect(sizes(values.map(own => statementOf('select 1', own)))).toEqual(Array.from({ length: 17 }, () => 1))
})

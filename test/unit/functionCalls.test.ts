import { expect, test } from 'vitest'
import { functionCalls } from '../integration/functionCalls'

const countsOf = (sql: string) => Object.fromEntries(functionCalls(sql).map(({ name, count }) => [name, count]))

test.each([
  ['select max(1, 2, 3), now()', { max: 3, now: 0 }],
  ['select coalesce(max(a, b), (select 1, 2), c)', { max: 2, coalesce: 3 }],
  ["select instr('a, b)', ?1) -- max(1, 2)\n, /* min(1) */ count(*)", { instr: 2, count: 1 }],
  ['select json_array("a, b", 1) where x in (1, 2, 3) and exists (select 1)', { json_array: 2 }],
  ['insert into views (a, b, c) values (1, 2, 3) on conflict (a, b) do nothing', {}],
  ['create table t (a, b); create index i on t (a, b)', {}],
  ['with recursive n(i) as (select 1) select sum(i) over (partition by i order by i, i) from n', { sum: 1 }],
])('the arguments of functions are counted: %s', (sql, counts) => {
  expect(countsOf(sql)).toEqual(counts)
})

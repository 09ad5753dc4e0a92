import { expect, test } from 'vitest'
import { declareFirst } from './declareFirst'

test('all declarations become one, before the other statements', () => {
  expect(declareFirst('a();let b=";let c",d=()=>{e();let f=/;[;]/};b();let g={h:1};g();')).toBe(
    'let b=";let c",d=()=>{e();let f=/;[;]/},g={h:1};a();b();g()',
  )
})

import { expect, test } from 'vitest'
import { closingLine } from '../tally'

const report = (over: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
})

test('the closing line counts passed, failed and skipped tests', () => {
  expect(closingLine(report({}))).toBe('3 passed, 0 failed')
  expect(closingLine(report({ numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }))).toBe(
    '3 passed, 2 failed, 2 skipped',
  )
})

test('a file that failed without a failed test is a failure', () => {
  const file = (...statuses: string[]) => ({ status: 'failed', assertionResults: statuses.map(status => ({ status })) })
  expect(closingLine(report({ testResults: [file()] }))).toBe('3 passed, 1 failed')
  expect(closingLine(report({ testResults: [file('passed', 'skipped')] }))).toBe('3 passed, 1 failed')
  expect(closingLine(report({ testResults: [file('passed', 'failed')], numFailedTests: 1 }))).toBe('3 passed, 1 failed')
})

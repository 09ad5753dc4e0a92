import type { JsonTestResults } from 'vitest/node'

type Report = Pick<JsonTestResults, 'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests'> & {
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * The closing line of a test run, from the report of vitest's JSON reporter. A file that
 * failed without a failed test, as when it cannot be loaded or its set-up breaks, counts as one failed test.
 * @example closingLine(report) // '123 passed, 0 failed, 2 skipped'
 */
export const closingLine = (report: Report): string => {
  const broken = report.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'),
  )
  const skipped = report.numPendingTests + report.numTodoTests
  const counts = [`${report.numPassedTests} passed`, `${report.numFailedTests + broken.length} failed`]
  return [...counts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ')
}

import type { MetricValue, Row, StepValue } from '../../shared/question.ts'
import type { Truth } from './scope.ts'
import type { TruthQuestion, TruthRow } from './truth.ts'

const close = (a: number | null, b: number | null) =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))

const PROMISED = ['value', 'numerator', 'denominator', 'pending', 'percentile', 'not_followed'] as const

const differences = (answered: MetricValue, truth: Truth): string[] => {
  const found: string[] = PROMISED.flatMap(field => {
    const expected = truth[field]
    // The numerator of an undefined value may be anything.
    const undetermined = field === 'numerator' && truth.value === null
    if (expected === undefined || undetermined || close(answered[field] ?? null, expected)) return []
    return [`${field} ${answered[field]} instead of ${expected}`]
  })
  for (const [name, expected] of Object.entries(truth.parts ?? {})) {
    const part = answered.parts?.[name] ?? null
    if (!close(part, expected)) found.push(`${name} ${part} instead of ${expected}`)
  }
  for (const [step, { reached, median_seconds }] of (truth.steps ?? []).entries()) {
    const own = (answered.steps as readonly StepValue[] | undefined)?.[step]
    if (own?.reached !== reached || !close(own.median_seconds, median_seconds)) {
      found.push(`step ${step} ${own?.reached} in ${own?.median_seconds} instead of ${reached} in ${median_seconds}`)
    }
  }
  if (truth.currency && answered.currency !== truth.currency)
    found.push(`currency ${answered.currency} instead of ${truth.currency}`)
  if (truth.status && answered.status !== truth.status)
    found.push(`status ${answered.status} instead of ${truth.status}`)
  if (answered.value === null && !answered.reason) found.push('no reason for null')
  return found
}

/** The error of a cell that only one side has: none if it is empty. */
const alone = (cell: { readonly value: number | null } | undefined): string[] =>
  cell?.value ? [`${cell.value} on one side only`] : []

/** Hours carry their offset, so they are compared as moments. */
export const keyOf = (
  time: string | undefined,
  dimensions: Readonly<Record<string, string>> | undefined,
  hourly: boolean,
) => JSON.stringify([hourly && time ? new Date(time).toISOString() : (time ?? ''), dimensions ?? {}])

const timesOf = (keys: readonly string[]) => [...new Set(keys.map(key => JSON.parse(key)[0]))].join(' ')

/**
 * Every difference between the rows of an answer and the oracle's, one line each.
 *
 * An empty group may be present or not; a bucket must be present.
 */
export const compare = (rows: readonly Row[], truth: readonly TruthRow[], question: TruthQuestion): string[] => {
  const hourly = question.granularity === 'hour'
  const answered = new Map(rows.map(row => [keyOf(row.time, row.dimensions, hourly), row]))
  const expected = new Map(truth.map(row => [keyOf(row.bucket.label, row.dimensions, hourly), row]))
  const found: string[] = []
  if (answered.size !== rows.length) found.push('two rows of one bucket and group')
  if (!question.dimensions && timesOf([...answered.keys()]) !== timesOf([...expected.keys()])) {
    found.push(`rows of ${timesOf([...answered.keys()])} instead of ${timesOf([...expected.keys()])}`)
  }
  for (const key of new Set([...answered.keys(), ...expected.keys()])) {
    for (const id of question.metrics) {
      const cell = answered.get(key)?.metrics[id]
      const wanted = expected.get(key)?.metrics[id]
      const wrong =
        cell && wanted ? differences(cell, wanted) : question.dimensions ? alone(cell ?? wanted) : ['missing']
      for (const line of wrong) found.push(`${id} ${key}: ${line}`)
    }
  }
  return found
}

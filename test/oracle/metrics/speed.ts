import { happened, type Metric, NEEDS_INPUT, percentile75, type Scope } from '../scope.ts'

export type Vital = 'lcp' | 'inp' | 'cls'

/** The values that page views report, with the precision of the database. */
export const vitalsOf =
  (vital: Vital) =>
  (scope: Scope): number[] => {
    const parts = vital === 'cls' ? 10_000 : 1000
    return happened(scope).flatMap(({ isView, event }) =>
      isView && event[vital] !== undefined ? Math.round(event[vital] * parts) / parts : [],
    )
  }

const percentile =
  (vital: Vital): Metric =>
  scope => {
    const values = vitalsOf(vital)(scope)
    return values.length === 0 ? NEEDS_INPUT : { value: percentile75(values) }
  }

export const SPEED = {
  lcp: percentile('lcp'),
  inp: percentile('inp'),
  cls: percentile('cls'),
} as const satisfies Record<string, Metric>

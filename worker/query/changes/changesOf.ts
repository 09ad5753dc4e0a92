import { CHANGE_DIMENSIONS, type ChangesAnswer } from '../../../shared/changes'
import type { Answer } from '../../../shared/question'
import { findChanges } from './findChanges'

/** Changes from the answers to `changesQuestions`. */
export const changesOf = ([totals, ...answers]: readonly Answer[]): ChangesAnswer => {
  const whole = totals?.rows[0]?.metrics ?? {}
  const rows = Object.fromEntries(CHANGE_DIMENSIONS.map((dimension, index) => [dimension, answers[index]?.rows ?? []]))
  const { site, period, timezone, compare, filters } = totals?.query ?? {}
  const metas = [totals, ...answers].flatMap(answer => answer?.meta ?? [])
  return {
    query: { site, period, timezone, compare, filters },
    totals: whole,
    ...findChanges(whole, rows),
    meta: {
      rows_read: metas.reduce((sum, { rows_read }) => sum + rows_read, 0),
      duration_ms: Math.max(0, ...metas.map(({ duration_ms }) => duration_ms)),
      warnings: [...new Set(metas.flatMap(({ warnings }) => warnings))],
    },
  }
}

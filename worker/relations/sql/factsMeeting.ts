import type { ValueFilter } from '../../../shared/question'
import type { AnyRule } from '../../../shared/settings'
import type { Builder } from './builder'
import { int } from './int'
import { factsByRule } from './rules'
import { condition, factJoins } from './shape'
import { storedFilter } from './storedFilter'

/** A rule with filters that a page view or event must also pass. */
export type FilteredRule = AnyRule & { readonly where?: readonly ValueFilter[] | undefined }

/**
 * SQL of the page views and events `f` of a table, once for each of some rules they meet, with its index as `label`.
 * The filters of many rules are the cases of one expression, as D1 limits the depth of one.
 */
export const factsMeeting = (b: Builder, facts: string, rules: readonly FilteredRule[]): string => {
  const rows = factsByRule(
    b,
    facts,
    rules.map((rule, label) => ({ rule, label })),
  )
  const filters = rules.map(({ where = [] }) => where.map(storedFilter))
  const cases = b.packed(() =>
    filters.flatMap((own, label) => {
      const conditions = own.map(one => condition(b, one, ({ expression }) => expression))
      return own.length > 0 ? [`when ${int(label)} then ${conditions.join(' and ')}`] : []
    }),
  )
  if (cases.length === 0) return `(\n${rows}\n)`
  return `(select f.*
from ${[`(\n${rows}\n) f`, ...factJoins(b, filters.flat())].join('\n')}
where case f.label ${cases.join('\n  ')} else 1 end)`
}

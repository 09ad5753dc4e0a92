import type { Explanation } from '../../shared/question'
import { definitionsOf } from './glossary'
import type { Arguments, Metric, Wording } from './metric'

/** How a value is computed, in words. */
export type Words = Pick<Explanation, 'formula' | 'numerator' | 'denominator' | 'factor' | 'definitions'>

/**
 * How a metric's value is computed with some arguments.
 * @example wordsOf(bounceRate, { rule: 'single_page' }).numerator // 'sessions with one page view'
 */
export const wordsOf = (
  metric: Pick<Metric, 'formula' | 'numerator' | 'denominator' | 'glossary' | 'factor'>,
  args: Arguments,
): Words => {
  const say = (wording: Wording): string | null => (typeof wording === 'function' ? wording(args) : wording)
  const [numerator, denominator] = [say(metric.numerator), say(metric.denominator)]
  const divided = [numerator, denominator].filter(part => part !== null)
  const terms = typeof metric.glossary === 'function' ? metric.glossary(args) : metric.glossary
  return {
    formula: say(metric.formula) ?? divided.join(' / '),
    numerator,
    denominator,
    factor: metric.factor ?? 1,
    definitions: definitionsOf(terms),
  }
}

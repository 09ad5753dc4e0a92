import type { CoverageAnswer } from '../../../../shared/coverage'
import { coverageTexts } from '../../texts/coverage'
import { fill } from '../../texts/fill'

const { estimate: texts } = coverageTexts

/**
 * What is known of the visitors of a site. Half the width of the interval is rounded up.
 * @example estimateText({ visitors: 1240, estimate: { value: 1610, interval: [1541, 1680] } }) // 'At least 1,240 visitors, an estimated 1,610 ± 70.'
 */
export const estimateText = ({ visitors, estimate }: Pick<CoverageAnswer, 'visitors' | 'estimate'>): string => {
  if (!estimate) return fill(texts.visitors, { count: visitors })
  const { value, interval } = estimate
  const half = Math.ceil(Math.max(value - interval[0], interval[1] - value))
  return fill(texts.estimated, { count: visitors, estimate: Math.round(value), half })
}

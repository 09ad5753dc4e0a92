import type { Definition } from '../../page'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { number, percent } from './number'

const { changes } = clientFrameTexts

/** Formats a change: percentage points for rates, points for scores, percent for everything else. */
export const changeText = ({ change, unit }: Pick<Definition, 'change' | 'unit'>, value: number): string => {
  if (change === 'fraction') return percent(value, { signDisplay: 'exceptZero' })
  const points = unit === 'ratio' ? value * 100 : value
  const text = number(points, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  return fill(unit === 'ratio' ? changes.percentagePoints : changes.points, { value: text })
}

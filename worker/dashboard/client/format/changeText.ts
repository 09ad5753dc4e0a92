import type { Definition } from '../../page'
import { number, percent } from './number'

/** Formats a change: percentage points for rates, points for scores, percent for everything else. */
export const changeText = ({ change, unit }: Pick<Definition, 'change' | 'unit'>, value: number): string => {
  if (change === 'fraction') return percent(value, { signDisplay: 'exceptZero' })
  const points = unit === 'ratio' ? value * 100 : value
  return `${number(points, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })} ${unit === 'ratio' ? 'pp' : 'points'}`
}

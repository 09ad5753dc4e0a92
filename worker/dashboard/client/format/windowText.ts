import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'

const { times } = clientFrameTexts

const UNITS = [
  [1, times.days],
  [1 / 24, times.hours],
  [1 / 1440, times.minutes],
] as const

/**
 * Formats a funnel's window in the largest unit that it fills.
 * @param days may be a part of a day
 * @example windowText(0.5) // '12 hours'
 */
export const windowText = (days: number): string => {
  const [unit, text] = UNITS.find(([size]) => days >= size) ?? UNITS[2]
  return fill(text, { count: Math.round((days / unit) * 100) / 100 })
}

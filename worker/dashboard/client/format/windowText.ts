import { number } from './number'

const UNITS: readonly (readonly [days: number, name: string])[] = [
  [1, 'day'],
  [1 / 24, 'hour'],
  [1 / 1440, 'minute'],
]

/**
 * Formats a funnel's window in the largest unit that it fills.
 * @param days may be a part of a day
 * @example windowText(0.5) // '12 hours'
 */
export const windowText = (days: number): string => {
  const [unit, name] = UNITS.find(([size]) => days >= size) ?? [1 / 1440, 'minute']
  const count = number(days / unit)
  return `${count} ${name}${count === '1' ? '' : 's'}`
}

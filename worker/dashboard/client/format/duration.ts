import { formatter } from './number'

const inUnit = (value: number, unit: string, digits = 0): string =>
  formatter({ style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value)

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/** The precision of a duration in seconds: its second largest unit. */
export const stepOf = (seconds: number): number => {
  if (seconds > 0 && seconds < 1) return 0.001
  if (seconds < 10) return 0.1
  if (seconds < HOUR) return 1
  return seconds < DAY ? MINUTE : HOUR
}

/**
 * Formats seconds in their two largest units.
 * @param step seconds to round to
 * @example duration(125) // '2m 5s'
 * @example duration(0.184) // '184ms'
 */
export const duration = (seconds: number, step = stepOf(seconds)): string => {
  if (step < 0.1) return inUnit(Math.round(seconds / step) * step * 1000, 'millisecond')
  const rounded = Math.round(seconds / step) * step
  const parts: [number, string][] = [
    [Math.floor(rounded / DAY), 'day'],
    [Math.floor(rounded / HOUR) % 24, 'hour'],
    [Math.floor(rounded / MINUTE) % 60, 'minute'],
    [rounded % MINUTE, 'second'],
  ]
  const some = parts.filter(([value]) => value > 0)
  return some.length === 0 ? inUnit(0, 'second') : some.map(([value, unit]) => inUnit(value, unit, 1)).join(' ')
}

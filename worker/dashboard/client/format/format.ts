import type { Granularity, Interval, MetricValue } from '../../../../shared/question'
import type { Definition } from '../../page'

type Options = Intl.NumberFormatOptions

// Without a locale, Intl takes the reader's.
const formatters = new Map<string, Intl.NumberFormat>()
const formatter = (options: Options): Intl.NumberFormat => {
  const key = JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.NumberFormat(undefined, options)
  formatters.set(key, known)
  return known
}

/** @example number(1234.5) // '1,234.5' */
export const number = (value: number, options: Options = {}): string =>
  formatter({ maximumFractionDigits: 2, ...options }).format(value)

/** @example percent(0.4123) // '41.2%' */
export const percent = (value: number, options: Options = {}): string =>
  formatter({ style: 'percent', maximumFractionDigits: 1, ...options }).format(value)

const inUnit = (value: number, unit: string, digits = 0): string =>
  formatter({ style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: digits }).format(value)

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/** Seconds that a duration is rounded to: those of the second largest unit it has. */
const stepOf = (seconds: number): number => {
  if (seconds < 10) return 0.1
  if (seconds < HOUR) return 1
  return seconds < DAY ? MINUTE : HOUR
}

/**
 * Seconds, in the two largest units they have.
 * @param step seconds to round to
 * @example duration(125) // '2m 5s'
 */
export const duration = (seconds: number, step = stepOf(seconds)): string => {
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

/** @example money(40, 'EUR') // '€40.00' */
export const money = (value: number, currency: string): string =>
  formatter({ style: 'currency', currency }).format(value)

const BY_UNIT: Readonly<Record<Definition['unit'], (value: number, currency: string) => string>> = {
  count: value => number(value),
  ratio: value => percent(value),
  per: value => number(value),
  seconds: value => duration(value),
  currency: (value, currency) => money(value, currency),
  score: value => number(value),
}

/**
 * A value in its metric's unit.
 * @param currency ISO 4217, of money
 */
export const valueText = ({ unit }: Pick<Definition, 'unit'>, value: number | null, currency = 'USD'): string =>
  value === null ? '–' : BY_UNIT[unit](value, currency)

/** A change as it is told: points for what is a difference of rates, percent for everything else. */
export const changeText = ({ change, unit }: Pick<Definition, 'change' | 'unit'>, value: number): string => {
  if (change === 'fraction') return percent(value, { signDisplay: 'exceptZero' })
  const points = unit === 'ratio' ? value * 100 : value
  return `${number(points, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })} points`
}

const DATES: Readonly<Record<Granularity, Intl.DateTimeFormatOptions>> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

const SHORT_DATES: Readonly<Record<Granularity, Intl.DateTimeFormatOptions>> = {
  hour: { hour: 'numeric', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
}

/** A row's time is the site's own local time: it is shown as it stands, whatever zone the reader is in. */
const asUtc = (time: string): number => Date.parse(`${time.slice(0, 10)}T${time.slice(11, 19) || '00:00:00'}Z`)

const dateFormats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>()
const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const known = dateFormats.get(options) ?? new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' })
  dateFormats.set(options, known)
  return known
}

/**
 * The time of a row of an answer.
 * @example timeText('2026-01-31', 'day') // 'Sat, Jan 31, 2026'
 */
export const timeText = (time: string, granularity: Granularity): string => {
  const text = dateFormat(DATES[granularity]).format(asUtc(time))
  return granularity === 'week' ? `Week of ${text}` : text
}

/** The same, short enough for the axis of a chart. */
export const shortTimeText = (time: string, granularity: Granularity): string =>
  dateFormat(SHORT_DATES[granularity]).format(asUtc(time))

const COMPACT: Options = { notation: 'compact', maximumFractionDigits: 1 }

const ON_AXIS: Partial<Record<Definition['unit'], (value: number, currency: string) => string>> = {
  count: value => number(value, COMPACT),
  currency: (value, currency) => number(value, { ...COMPACT, style: 'currency', currency }),
}

/** A value in its metric's unit, short enough for the axis of a chart. */
export const axisText = (definition: Pick<Definition, 'unit'>, value: number, currency = 'USD'): string =>
  ON_AXIS[definition.unit]?.(value, currency) ?? valueText(definition, value, currency)

const RANGE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

/**
 * Days of a period, both included.
 * @example rangeText({ from: '2026-01-01', to: '2026-01-31' }) // 'Jan 1 – 31, 2026'
 */
export const rangeText = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  dateFormat(RANGE).formatRange(asUtc(from), asUtc(to))

/** Things that are counted are whole: from the largest number that is not above the interval to the smallest not below. */
const whole = ([low, high]: Interval): Interval => [Math.floor(low), Math.ceil(high)]

/** A bound of an interval, rounded no coarser than the value that it is around. */
const boundText = (definition: Pick<Definition, 'unit'>, bound: number, value: number, currency?: string): string =>
  definition.unit === 'seconds'
    ? duration(bound, Math.min(stepOf(bound), stepOf(value)))
    : valueText(definition, bound, currency)

/**
 * The 95 % interval of a value in its metric's unit. Empty where there is none, or one of no width; and for a
 * count of 0: how many there might have been is no answer to how many came.
 */
export const intervalText = (
  definition: Pick<Definition, 'unit'>,
  { value, interval, currency }: Pick<MetricValue, 'value' | 'interval' | 'currency'>,
): string => {
  const isCount = definition.unit === 'count'
  if (value === null || !interval || interval[0] === interval[1] || (isCount && value === 0)) return ''
  // A mean of counts is no whole number, and neither are its bounds.
  const bounds = isCount && Number.isInteger(value) ? whole(interval) : interval
  return bounds.map(bound => boundText(definition, bound, value, currency)).join(' to ')
}

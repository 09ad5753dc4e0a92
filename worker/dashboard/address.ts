import {
  COMPARISONS,
  type Comparison,
  type DateRange,
  type Granularity,
  OPERATORS,
  PERIODS,
  type Period,
  type ValueFilter,
} from '../../shared/question'
import { DAY } from '../../shared/time'

/** The state of a page as its address holds it, so that a view can be linked, reloaded and returned to. */
export interface View {
  /** A domain; empty for the first site. */
  readonly site: string
  readonly period: Period
  /** `null` to choose one by the period. */
  readonly granularity: Granularity | null
  /** The period that values are compared with; `null` for none. */
  readonly compare: Comparison | null
  readonly filters: readonly ValueFilter[]
  /** The id of a saved segment; empty for none. */
  readonly segment: string
  /** Parameters of one page, such as its open tab. */
  readonly own: Readonly<Record<string, string>>
}

export const GRANULARITIES: readonly Granularity[] = ['hour', 'day', 'week', 'month']

export const DEFAULT_VIEW: View = {
  site: '',
  period: '30d',
  granularity: null,
  compare: 'previous_period',
  filters: [],
  segment: '',
  own: {},
}

const DAYS = /^(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)$/

const daysOf = (text: string | undefined): DateRange | null => {
  const [, from, to] = DAYS.exec(text ?? '') ?? []
  return from !== undefined && to !== undefined ? { from, to } : null
}

const periodOf = (text: string | undefined): Period =>
  daysOf(text) ?? PERIODS.find(period => period === text) ?? DEFAULT_VIEW.period

/** Compares nothing. */
export const OFF = 'off'

/** Reads a comparison, such as `off`, `previous_year` or `2025-01-01,2025-01-31`. */
export const comparisonOf = (text: string | undefined): Comparison | null =>
  text === OFF ? null : (daysOf(text) ?? COMPARISONS.find(one => one === text) ?? DEFAULT_VIEW.compare)

/** Formats a period or a comparison for an address: `30d` or `2026-01-01,2026-01-31`. */
export const periodText = (period: Period | Comparison): string =>
  typeof period === 'string' ? period : `${period.from},${period.to}`

/** Splits a parameter such as `is.country` into operator and dimension. */
const filterName = (name: string): readonly [ValueFilter[0], string] | null => {
  const operator = OPERATORS.find(one => name.startsWith(`${one}.`))
  return operator ? [operator, name.slice(operator.length + 1)] : null
}

/**
 * Reads a view from the query of an address and ignores what it cannot read.
 * @example viewOf(new URLSearchParams('site=shop.example&period=7d&is.country=SE&is.country=NO'))
 */
export const viewOf = (search: URLSearchParams): View => {
  const filters = new Map<string, ValueFilter>()
  const own: Record<string, string> = {}
  const shared: Record<string, string> = {}
  for (const [name, value] of search) {
    const filter = filterName(name)
    if (filter) filters.set(name, [...filter, [...(filters.get(name)?.[2] ?? []), value]])
    else if (SHARED.includes(name)) shared[name] = value
    else own[name] = value
  }
  return {
    site: shared.site ?? '',
    period: periodOf(shared.period),
    granularity: GRANULARITIES.find(one => one === shared.granularity) ?? null,
    compare: comparisonOf(shared.compare),
    filters: [...filters.values()],
    segment: shared.segment ?? '',
    own,
  }
}

const SHARED: readonly string[] = ['site', 'period', 'granularity', 'compare', 'segment']

/**
 * The query of a view's address, with its `?`; empty for the default view.
 * @example searchOf({ ...DEFAULT_VIEW, site: 'shop.example', period: '7d' }) // '?site=shop.example&period=7d'
 */
export const searchOf = (view: View): string => {
  const search = new URLSearchParams()
  if (view.site !== '') search.append('site', view.site)
  if (view.period !== DEFAULT_VIEW.period) search.append('period', periodText(view.period))
  if (view.granularity !== null) search.append('granularity', view.granularity)
  if (view.compare !== DEFAULT_VIEW.compare)
    search.append('compare', view.compare === null ? OFF : periodText(view.compare))
  if (view.segment !== '') search.append('segment', view.segment)
  for (const [operator, dimension, values] of view.filters) {
    for (const value of values) search.append(`${operator}.${dimension}`, value)
  }
  for (const [name, value] of Object.entries(view.own)) search.append(name, value)
  return search.size > 0 ? `?${search}` : ''
}

const DEFAULT_GRANULARITIES: Readonly<Record<string, Granularity>> = {
  today: 'hour',
  yesterday: 'hour',
  '12mo': 'month',
  year: 'month',
  last_year: 'month',
  all: 'week',
}

const granularityForDays = (days: number): Granularity => {
  if (days <= 2) return 'hour'
  if (days <= 92) return 'day'
  return days <= 400 ? 'week' : 'month'
}

/** The granularity of a view's charts: its own, or one chosen by its period. */
export const granularityOf = ({ granularity, period }: View): Granularity => {
  if (granularity !== null) return granularity
  if (typeof period === 'string') return DEFAULT_GRANULARITIES[period] ?? 'day'
  return granularityForDays((Date.parse(period.to) - Date.parse(period.from)) / DAY + 1)
}

import uPlot from 'uplot'
import type { TimeChart } from './timeChart'

/** Charts with at most this many buckets have bars. */
const MOST_BARS = 10

export const isBars = ({ times }: TimeChart): boolean => times.length <= MOST_BARS

export const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name)

/** An element's colour in a form that a canvas accepts. */
const faded = (name: string, alpha: number): string =>
  color(name).replace(/^rgba?\(([^,]+,[^,]+,[^,)]+).*$/, `rgba($1, ${alpha})`)

type Values = readonly (number | null)[]

/** A series as uPlot draws it. */
interface Drawn {
  readonly options: uPlot.Series
  readonly values: Values
}

const bars = (chart: TimeChart, share: number): Partial<uPlot.Series> => {
  const paths = isBars(chart) && uPlot.paths.bars?.({ size: [share, share * 110] })
  return paths ? { paths, points: { show: false } } : {}
}

/** The period before, as a pale area. */
const previousOf = (chart: TimeChart, values: Values): Drawn => ({
  options: {
    width: 0,
    fill: () => faded('--previous', 0.25),
    points: { show: false },
    ...bars(chart, 0.85),
  },
  values,
})

const HIDDEN: uPlot.Series = { width: 0, points: { show: false } }

const boundOf = ({ intervals, begun }: TimeChart, end: 0 | 1): Drawn => ({
  options: HIDDEN,
  values: intervals.map((interval, at) => (at < begun ? (interval?.[end] ?? null) : null)),
})

const currentOf = (chart: TimeChart, values: Values): Drawn => ({
  options: {
    width: 2,
    stroke: () => color('--series'),
    points: { size: 5, fill: () => color('--series') },
    ...bars(chart, 0.6),
    ...(isBars(chart) && { fill: () => faded('--series', 0.85), width: 0 }),
  },
  values: values.map((value, at) => (at < chart.begun && at !== chart.unfinished ? value : null)),
})

/** The bucket that is not over, and the line that leads to it. */
const unfinishedOf = (chart: TimeChart, values: Values, unfinished: number): Drawn => ({
  options: {
    width: 2,
    dash: [4, 4],
    stroke: () => color('--series'),
    points: { size: 5, fill: () => color('--surface') },
    ...bars(chart, 0.6),
    ...(isBars(chart) && { fill: () => faded('--series', 0.2) }),
  },
  values: values.map((value, at) => (at === unfinished || (at === unfinished - 1 && !isBars(chart)) ? value : null)),
})

/** The series of a chart, from bottom to top. */
export const chartSeries = (
  chart: TimeChart,
): { readonly series: uPlot.Series[]; readonly bands: uPlot.Band[]; readonly data: uPlot.AlignedData } => {
  const previous = chart.series.find(({ look }) => look === 'previous')
  const values = chart.series.find(({ look }) => look === 'current')?.values ?? []
  const hasBand = !isBars(chart) && chart.intervals.some(interval => interval !== null)
  const drawn = [
    ...(previous ? [previousOf(chart, previous.values)] : []),
    ...(hasBand ? [boundOf(chart, 0), boundOf(chart, 1)] : []),
    currentOf(chart, values),
    ...(chart.unfinished === null ? [] : [unfinishedOf(chart, values, chart.unfinished)]),
  ]
  const low = previous ? 2 : 1
  return {
    series: [{}, ...drawn.map(({ options }) => options)],
    bands: hasBand ? [{ series: [low + 1, low], fill: () => faded('--series', 0.14) }] : [],
    data: [chart.times.map((_, at) => at), ...drawn.map(one => [...one.values])],
  }
}

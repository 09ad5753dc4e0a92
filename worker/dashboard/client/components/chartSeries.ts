import uPlot from 'uplot'
import type { Line, TimeChart } from './timeChart'

/** The colours of lines, in their order. */
const COLORS = ['--series', '--series-2', '--series-3', '--series-4', '--series-5']

/** As many lines as there are colours. */
export const MOST_LINES = COLORS.length

/** The colour of a line, by its position. */
export const colorOf = (position: number): string => COLORS[position] ?? '--series'

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

/** Series, and the bands between them by their positions among these. */
interface Layer {
  readonly drawn: readonly Drawn[]
  readonly bands: readonly uPlot.Band[]
}

const bars = (chart: TimeChart, share: number): Partial<uPlot.Series> => {
  const paths = chart.bars && uPlot.paths.bars?.({ size: [share, share * 110] })
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

const boundOf = ({ begun }: TimeChart, { intervals }: Line, end: 0 | 1): Drawn => ({
  options: HIDDEN,
  values: intervals.map((interval, at) => (at < begun ? (interval?.[end] ?? null) : null)),
})

const finishedOf = (chart: TimeChart, { values }: Line, name: string): Drawn => ({
  options: {
    width: 2,
    stroke: () => color(name),
    points: { size: 5, fill: () => color(name) },
    ...bars(chart, 0.6),
    ...(chart.bars && { fill: () => faded(name, 0.85), width: 0 }),
  },
  values: values.map((value, at) => (at < chart.begun && !chart.isOpen(at) ? value : null)),
})

const isDashed = ({ bars, isOpen }: TimeChart, at: number): boolean =>
  isOpen(at) || (!bars && (isOpen(at - 1) || isOpen(at + 1)))

/** The buckets that are not final, and the lines that lead to and from them. */
const openOf = (chart: TimeChart, { values }: Line, name: string): Drawn => ({
  options: {
    width: 2,
    dash: [4, 4],
    stroke: () => color(name),
    points: { size: 5, fill: () => color('--surface') },
    ...bars(chart, 0.6),
    ...(chart.bars && { fill: () => faded(name, 0.2) }),
  },
  values: values.map((value, at) => (at < chart.begun && isDashed(chart, at) ? value : null)),
})

const layerOf =
  (chart: TimeChart) =>
  (line: Line, position: number): Layer => {
    const name = colorOf(position)
    const hasBand = !chart.bars && line.intervals.some(interval => interval !== null)
    return {
      drawn: [
        ...(hasBand ? [boundOf(chart, line, 0), boundOf(chart, line, 1)] : []),
        finishedOf(chart, line, name),
        ...(chart.positions.some((_, at) => chart.isOpen(at)) ? [openOf(chart, line, name)] : []),
      ],
      bands: hasBand ? [{ series: [1, 0], fill: () => faded(name, chart.lines.length > 1 ? 0.08 : 0.14) }] : [],
    }
  }

/** The bands of layers by the positions of uPlot, whose first series is the axis. */
const bandsOf = (layers: readonly Layer[]): uPlot.Band[] => {
  let first = 1
  return layers.flatMap(({ drawn, bands }) => {
    const from = first
    first += drawn.length
    return bands.map(({ series: [upper, lower], ...band }) => ({ ...band, series: [from + upper, from + lower] }))
  })
}

/** The series of a chart, from bottom to top. */
export const chartSeries = (
  chart: TimeChart,
): { readonly series: uPlot.Series[]; readonly bands: uPlot.Band[]; readonly data: uPlot.AlignedData } => {
  const { previous, lines, positions } = chart
  const layers: readonly Layer[] = [
    ...(previous ? [{ drawn: [previousOf(chart, previous.values)], bands: [] }] : []),
    ...lines.map(layerOf(chart)),
  ]
  const drawn = layers.flatMap(layer => layer.drawn)
  return {
    series: [{}, ...drawn.map(({ options }) => options)],
    bands: bandsOf(layers),
    data: [[...positions], ...drawn.map(({ values }) => [...values])],
  }
}

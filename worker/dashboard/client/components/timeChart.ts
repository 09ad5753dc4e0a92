import uPlot from 'uplot'
import type { Granularity } from '../../../../shared/question'
import { shortTimeText, timeText } from '../format/timeText'
import { h } from './h'
import { table } from './table'

/** One line of a chart. */
export interface Series {
  readonly name: string
  /** `previous` is drawn faint and dashed. */
  readonly look: 'current' | 'previous'
  readonly values: readonly (number | null)[]
}

export interface TimeChart {
  readonly label: string
  /** The time of each value, as in the API. */
  readonly times: readonly string[]
  readonly granularity: Granularity
  readonly series: readonly Series[]
  /** How many buckets have begun: the future is not drawn as a drop to 0. */
  readonly begun: number
  /** Formats a value. */
  text(value: number | null): string
  /** Formats a value for the axis, where space is tight. */
  short(value: number): string
  /** Whether the axis has whole numbers only. */
  readonly whole: boolean
}

const HEIGHT = 220
const FONT = '12px system-ui, sans-serif'
/** Possible distances between labels, in buckets. */
const STEPS = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000]
const LINES = { current: { width: 2, dash: [] }, previous: { width: 1.5, dash: [4, 4] } }
const COLORS = { current: '--series', previous: '--previous' }

const color = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name)

const axes = ({ times, granularity, short, whole }: TimeChart): uPlot.Axis[] => {
  const look = { font: FONT, stroke: () => color('--faint'), ticks: { show: false } }
  const grid = { stroke: () => color('--line'), width: 1 }
  return [
    {
      ...look,
      grid: { show: false },
      space: 80,
      size: 28,
      incrs: STEPS,
      values: (_, splits) => splits.map(at => (times[at] === undefined ? '' : shortTimeText(times[at], granularity))),
    },
    {
      ...look,
      grid,
      space: 36,
      size: 64,
      ...(whole && { incrs: [...STEPS, ...STEPS.map(step => step * 10_000)] }),
      values: (_, splits) => splits.map(short),
    },
  ]
}

/** The vertical range, which includes 0. */
const heights = (_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax => {
  const top = Math.max(high ?? 0, 0)
  const bottom = Math.min(low ?? 0, 0)
  return top === bottom ? [0, 1] : [bottom * 1.05, top * 1.05]
}

const widths = (_: uPlot, first: number, last: number): uPlot.Range.MinMax =>
  first === last ? [first - 1, last + 1] : [first, last]

const reading = ({ times, granularity, series, text }: TimeChart, at: number): string => {
  const values = series.map(({ name, values }) => `${name} ${text(values[at] ?? null)}`)
  return `${timeText(times[at] ?? '', granularity)}: ${values.join(' · ')}`
}

const line =
  ({ begun }: TimeChart) =>
  ({ values }: Series): (number | null)[] =>
    values.map((value, at) => (at < begun ? value : null))

const options = (chart: TimeChart, width: number, read: (at: number | null) => void): uPlot.Options => ({
  width,
  height: HEIGHT,
  legend: { show: false },
  cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
  scales: { x: { time: false, range: widths }, y: { range: heights } },
  axes: axes(chart),
  series: [
    {},
    ...chart.series.map(({ look }) => ({
      ...LINES[look],
      stroke: () => color(COLORS[look]),
      points: { size: 5, fill: () => color(COLORS[look]) },
    })),
  ],
  hooks: { setCursor: [({ cursor: { idx } }) => read(idx ?? null)] },
})

/** Draws as soon as the frame has a width, resizes with it, and stops when it has left the page. */
const live = (frame: HTMLElement, draw: (width: number) => uPlot): void => {
  let plot: uPlot | null = null
  const over = new AbortController()
  const observer = new ResizeObserver(() => {
    if (!frame.isConnected) {
      observer.disconnect()
      over.abort()
      plot?.destroy()
    } else if (plot) plot.setSize({ width: frame.clientWidth, height: HEIGHT })
    else plot = draw(frame.clientWidth)
  })
  document.addEventListener('themechange', () => plot?.redraw(false, true), { signal: over.signal })
  observer.observe(frame)
}

const tableOf = ({ label, times, granularity, series, text }: TimeChart): HTMLElement =>
  table(
    label,
    [{ text: 'Time' }, ...series.map(({ name }) => ({ text: name, number: true }))],
    times.map((time, at) => [timeText(time, granularity), ...series.map(({ values }) => text(values[at] ?? null))]),
  )

/** Creates rows only when the table is opened: there can be thousands. */
const tableBehind = (chart: TimeChart): HTMLElement => {
  const details = h('details', { class: 'behind' }, h('summary', {}, 'Show as table'))
  details.addEventListener('toggle', () => details.insertAdjacentElement('beforeend', tableOf(chart)), { once: true })
  return details
}

/** A line chart with a readout at the pointer, and its values as a table. */
export const timeChart = (chart: TimeChart): HTMLElement => {
  const readout = h('p', { class: 'readout', 'aria-hidden': 'true' })
  const frame = h('div', {
    class: 'plot',
    role: 'img',
    'aria-label': `${chart.label}; the table below shows its values`,
  })
  const read = (at: number | null): void => {
    readout.textContent = at === null ? '' : reading(chart, at)
  }
  const data: uPlot.AlignedData = [chart.times.map((_, at) => at), ...chart.series.map(line(chart))]
  live(frame, width => new uPlot(options(chart, width, read), data, frame))
  const legend = chart.series.map(({ name, look }) => h('li', { class: look }, name))
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, h('ul', { class: 'legend' }, ...legend), readout),
    frame,
    tableBehind(chart),
  )
}

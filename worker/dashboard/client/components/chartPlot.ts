import uPlot from 'uplot'
import { chartSeries, color } from './chartSeries'
import { h } from './h'
import type { TimeChart } from './timeChart'

const FONT = '12px system-ui, sans-serif'
/** Possible distances between labels of time, in buckets. */
const STEPS = [1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000]
/** Possible distances between labels of counts. */
const COUNTS = [0, 1, 2, 3, 4, 5, 6, 7].flatMap(power => [1, 2, 5].map(digit => digit * 10 ** power))
/** Pixels. A shorter drag is a click. */
const SHORTEST_DRAG = 8

const axes = ({ tick, short, whole }: TimeChart): uPlot.Axis[] => {
  const look = { font: FONT, stroke: () => color('--faint'), ticks: { show: false } }
  const grid = { stroke: () => color('--line'), width: 1 }
  return [
    {
      ...look,
      grid: { show: false },
      space: 80,
      size: 28,
      incrs: STEPS,
      values: (_, splits) => splits.map(tick),
    },
    {
      ...look,
      grid,
      space: 36,
      size: 64,
      ...(whole && { incrs: COUNTS }),
      values: (_, splits) => splits.map(short),
    },
  ]
}

/** The vertical range, which includes 0 and the intervals. */
const heights = ({ lines }: TimeChart) => {
  const bounds = lines.flatMap(({ intervals }) => intervals.flatMap(interval => interval ?? []))
  const [least, most] = [Math.min(0, ...bounds), Math.max(0, ...bounds)]
  return (_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax => {
    const [bottom, top] = [Math.min(low ?? 0, least), Math.max(high ?? 0, most)]
    return top === bottom ? [0, 1] : [bottom * 1.05, top * 1.05]
  }
}

/** Bars need half a bucket on each side. */
const widths =
  (chart: TimeChart) =>
  (_: uPlot, first: number, last: number): uPlot.Range.MinMax => {
    if (chart.bars) return [first - 0.6, last + 0.6]
    return first === last ? [first - 1, last + 1] : [first, last]
  }

/** Puts a flag on every bucket that has a note. */
const flags =
  ({ notes, positions }: TimeChart) =>
  (plot: uPlot): void => {
    for (const old of plot.over.querySelectorAll('.flag')) old.remove()
    for (const { at, text } of notes) {
      const flag = h('span', { class: 'flag', title: text, 'aria-hidden': 'true' }, '⚑')
      flag.style.setProperty('left', `${plot.valToPos(positions[at] ?? 0, 'x')}px`)
      plot.over.appendChild(flag)
    }
  }

/** The interval of each bar as a line. */
const whiskers =
  (chart: TimeChart) =>
  (plot: uPlot): void => {
    if (!chart.bars) return
    const { ctx } = plot
    ctx.save()
    ctx.strokeStyle = color('--faint')
    ctx.setLineDash([])
    ctx.lineWidth = 2 * devicePixelRatio
    for (const [at, interval] of (chart.lines[0]?.intervals ?? []).entries()) {
      if (!interval || at >= chart.begun) continue
      const x = plot.valToPos(chart.positions[at] ?? 0, 'x', true)
      ctx.beginPath()
      ctx.moveTo(x, plot.valToPos(interval[0], 'y', true))
      ctx.lineTo(x, plot.valToPos(interval[1], 'y', true))
      ctx.stroke()
    }
    ctx.restore()
  }

/** Shows the time that was dragged over. */
const zoomer =
  ({ zoom, positions }: TimeChart) =>
  (plot: uPlot): void => {
    const { left, width } = plot.select
    if (width < SHORTEST_DRAG) return
    const [first, last] = [left, left + width].map(at => Math.min(positions.length - 1, Math.max(0, plot.posToIdx(at))))
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    if (first !== undefined && last !== undefined) zoom?.(first, last)
  }

/** A click of the mouse on a bucket asks for a note. A tap does not: it shows the tooltip. */
const annotateOnClick = ({ annotate, begun }: TimeChart, plot: uPlot): void => {
  if (!annotate) return
  let pressed: number | null = null
  plot.over.addEventListener('pointerdown', ({ pointerType, clientX }) => {
    pressed = pointerType === 'mouse' ? clientX : null
  })
  plot.over.addEventListener('pointerup', ({ clientX }) => {
    const { idx } = plot.cursor
    const isClick = pressed !== null && Math.abs(clientX - pressed) < SHORTEST_DRAG
    if (isClick && typeof idx === 'number' && idx < begun) annotate(idx)
  })
}

/** Draws a chart into a frame. */
export const chartPlot = (
  chart: TimeChart,
  size: Pick<uPlot.Options, 'width' | 'height'>,
  frame: HTMLElement,
  point: (plot: uPlot) => void,
): uPlot => {
  const { series, bands, data } = chartSeries(chart)
  const plot = new uPlot(
    {
      ...size,
      legend: { show: false },
      cursor: { y: false, drag: { x: chart.zoom !== null, y: false, setScale: false }, points: { size: 7 } },
      scales: { x: { time: false, range: widths(chart) }, y: { range: heights(chart) } },
      axes: axes(chart),
      series,
      bands,
      hooks: { setCursor: [point], setSelect: [zoomer(chart)], draw: [whiskers(chart), flags(chart)] },
    },
    data,
    frame,
  )
  annotateOnClick(chart, plot)
  return plot
}

import type uPlot from 'uplot'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { announce } from './announce'
import { chartActions } from './chartActions'
import { chartPlot } from './chartPlot'
import { colorOf } from './chartSeries'
import { type Child, h } from './h'
import { table } from './table'
import type { Line, TimeChart } from './timeChart'

const { charts } = clientFrameTexts

const HEIGHT = 240

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

const tableOf = ({ label, head, lines, previous, positions, bucket, text }: TimeChart): HTMLElement => {
  const columns = previous ? [...lines, previous] : lines
  return table(
    label,
    [{ text: head }, ...columns.map(({ name }) => ({ text: name, number: true }))],
    positions.map((_, at) => [bucket(at), ...columns.map(({ values }) => text(values[at] ?? null))]),
  )
}

/** Creates rows only when the table is opened: there can be thousands. */
const tableBehind = (chart: TimeChart): HTMLElement => {
  const details = h('details', { class: 'behind' }, h('summary', {}, charts.showTable))
  details.addEventListener('toggle', () => details.insertAdjacentElement('beforeend', tableOf(chart)), { once: true })
  return details
}

/** Shows what is known about a bucket beside its place. */
const tipper =
  (chart: TimeChart, tip: HTMLElement) =>
  ({ cursor: { left = -1, idx }, over }: uPlot): void => {
    tip.hidden = left < 0 || typeof idx !== 'number' || idx >= chart.begun
    if (tip.hidden || typeof idx !== 'number') return
    const [first, ...rest] = chart.reading(idx)
    tip.replaceChildren(h('strong', {}, first), ...rest.map(line => h('span', {}, line)))
    const isRight = left > over.clientWidth / 2
    tip.classList.toggle('before', isRight)
    tip.style.setProperty('left', `${over.offsetLeft + left + (isRight ? -12 : 12)}px`)
  }

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: at => at - 1,
  ArrowRight: at => at + 1,
  Home: () => 0,
  End: (_, last) => last,
}

/** Arrow keys move along the buckets and read them out. */
const readByKeys = (chart: TimeChart, frame: HTMLElement, plot: () => uPlot | null): void => {
  let at = chart.begun
  frame.addEventListener('keydown', event => {
    const [drawn, step, last] = [plot(), STEPS[event.key], chart.begun - 1]
    if (!drawn || !step || last < 0) return
    event.preventDefault()
    at = Math.min(last, Math.max(0, step(at, last)))
    drawn.setCursor({ left: drawn.valToPos(chart.positions[at] ?? 0, 'x'), top: drawn.over.clientHeight / 2 })
    announce(chart.reading(at).join('. '))
  })
  frame.addEventListener('blur', () => plot()?.setCursor({ left: -10, top: -10 }))
}

const legendItem = ({ name }: Line, position: number): HTMLElement => {
  const item = h('li', {}, h('bdi', {}, name))
  item.style.setProperty('--series', `var(${colorOf(position)})`)
  return item
}

const legendOf = ({ lines, previous }: TimeChart): Child =>
  h('ul', { class: 'legend' }, ...lines.map(legendItem), previous && h('li', { class: 'previous' }, previous.name))

/** A chart of values over time with a tooltip at the pointer, and its values as a table. */
export const drawTimeChart = (chart: TimeChart): HTMLElement => {
  let plot: uPlot | null = null
  const tip = h('p', { class: 'chart-tip', 'aria-hidden': 'true', hidden: true })
  const frame = h('div', {
    class: 'plot',
    role: 'group',
    tabindex: 0,
    'aria-label': fill(charts.label, { chart: chart.label }),
  })
  live(frame, width => {
    plot = chartPlot(chart, { width, height: HEIGHT }, frame, tipper(chart, tip))
    return plot
  })
  readByKeys(chart, frame, () => plot)
  return h(
    'figure',
    { class: 'chart' },
    h(
      'figcaption',
      {},
      legendOf(chart),
      chartActions(chart, () => plot),
    ),
    h('div', { class: 'plotted' }, frame, tip),
    tableBehind(chart),
  )
}

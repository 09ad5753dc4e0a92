import type uPlot from 'uplot'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { timeText } from '../format/timeText'
import { PAGE } from '../state/page'
import { color, colorOf } from './chartSeries'
import { saveFile } from './download'
import { h } from './h'
import type { TimeChart } from './timeChart'

const { annotations, charts } = clientFrameTexts

const PADDING = 16
const TITLE = 22

/** The title and the names of several lines in their colours, in a row. */
const titleOf = ({ label, lines, previous }: TimeChart): { readonly text: string; readonly color: string }[] =>
  [
    { text: label, color: '--faint' },
    { text: PAGE.site?.domain ?? '', color: '--faint' },
    ...lines.map(({ name }, at) => ({ text: name, color: lines.length > 1 ? colorOf(at) : '--faint' })),
    { text: previous?.name ?? '', color: '--faint' },
  ].filter(({ text }) => text !== '')

const writeTitle = (chart: TimeChart, brush: CanvasRenderingContext2D, from: number, height: number): void => {
  let left = from
  for (const [at, { text, color: name }] of titleOf(chart).entries()) {
    brush.fillStyle = color(name)
    const part = at === 0 ? text : ` · ${text}`
    brush.fillText(part, left, height)
    left += brush.measureText(part).width
  }
}

/** A picture of the chart with its title and legend, in the colours of the page. */
const picture = (chart: TimeChart, { ctx }: uPlot): void => {
  const scale = devicePixelRatio
  const [padding, title] = [PADDING * scale, TITLE * scale]
  const canvas = h('canvas', { width: ctx.canvas.width + 2 * padding, height: ctx.canvas.height + 2 * padding + title })
  const brush = canvas.getContext('2d')
  if (!brush) return
  brush.fillStyle = color('--surface')
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.font = `${13 * scale}px system-ui, sans-serif`
  writeTitle(chart, brush, padding, padding + title / 2)
  brush.drawImage(ctx.canvas, padding, padding + title)
  canvas.toBlob(blob => blob && saveFile(chart.file, blob), 'image/png')
}

const remove = async (day: string, text: string): Promise<void> =>
  (await import('./annotate')).removeAnnotation(day, text)

const notesOf = ({ notes, annotate }: TimeChart): HTMLElement | null => {
  if (notes.length === 0) return null
  const items = notes.map(({ day, text }) =>
    h(
      'li',
      {},
      `⚑ ${timeText(day, 'day')}: `,
      h('bdi', {}, text),
      annotate &&
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': fill(annotations.remove, { text }),
            onclick: () => void remove(day, text),
          },
          '×',
        ),
    ),
  )
  return h('ul', { class: 'notes', 'aria-label': annotations.list }, ...items)
}

/** The actions of a chart, and its annotations. */
export const chartActions = (chart: TimeChart, plot: () => uPlot | null): HTMLElement => {
  const { annotate, label } = chart
  const png = (): void => {
    const drawn = plot()
    if (drawn) picture(chart, drawn)
  }
  return h(
    'div',
    { class: 'actions' },
    notesOf(chart),
    annotate &&
      h(
        'button',
        { type: 'button', class: 'quiet', onclick: () => annotate(Math.max(0, chart.begun - 1)) },
        annotations.add,
      ),
    h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': fill(charts.png, { chart: label }), onclick: png },
      'PNG',
    ),
  )
}

import type uPlot from 'uplot'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { timeText } from '../format/timeText'
import { PAGE } from '../state/page'
import { color } from './chartSeries'
import { saveFile } from './download'
import { h } from './h'
import type { TimeChart } from './timeChart'

const { annotations, charts } = clientFrameTexts

const PADDING = 16
const TITLE = 22

/** A picture of the chart with its title and legend, in the colours of the page. */
const picture = ({ label, series, file }: TimeChart, { ctx }: uPlot): void => {
  const scale = devicePixelRatio
  const [padding, title] = [PADDING * scale, TITLE * scale]
  const canvas = h('canvas', { width: ctx.canvas.width + 2 * padding, height: ctx.canvas.height + 2 * padding + title })
  const brush = canvas.getContext('2d')
  if (!brush) return
  brush.fillStyle = color('--surface')
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.fillStyle = color('--faint')
  brush.font = `${13 * scale}px system-ui, sans-serif`
  brush.fillText(
    [label, PAGE.site?.domain, ...series.map(({ name }) => name)].join(' · '),
    padding,
    padding + title / 2,
  )
  brush.drawImage(ctx.canvas, padding, padding + title)
  canvas.toBlob(blob => blob && saveFile(file, blob), 'image/png')
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

import type { DateRange } from '../../../../shared/question'
import type { View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { fileName } from '../format/fileName'
import { onView } from '../state/view'
import { announce } from './announce'
import { download } from './download'
import { errorState } from './errorState'
import { find } from './find'
import { hideRepeatedWarnings } from './hideRepeatedWarnings'

/** Loads and draws a panel's data. */
export interface Drawing<T> {
  /** Views with equal keys need the same data. */
  key(view: View): string
  /** @throws ApiError */
  load(view: View, signal: AbortSignal): Promise<T>
  /** Fills the panel's body. It is called again when the view changes and the data does not. */
  draw(body: HTMLElement, data: T, view: View): void
  /** The CSV of the data on the screen. */
  csv?(data: T, view: View): Sheet
  /** Whether there is data for the CSV; by default there is. */
  hasCsv?(data: T): boolean
  /** Seconds until the panel reloads, `null` for never. */
  again?(data: T): number | null
}

/** A CSV and the days it covers, which are part of its file name. */
export interface Sheet {
  readonly period: DateRange
  readonly text: string
}

export type Mount = (section: HTMLElement) => void

interface Running {
  key: string | null
  stop: AbortController
  timer: number | undefined
}

const repeat = <T>(drawing: Drawing<T>, data: T, running: Running, run: () => void): void => {
  const seconds = drawing.again?.(data) ?? null
  if (seconds === null) return
  running.timer = window.setTimeout(() => {
    if (document.visibilityState === 'visible') run()
    else document.addEventListener('visibilitychange', run, { once: true, signal: running.stop.signal })
  }, seconds * 1000)
}

/** Disables the CSV button while there is nothing to download. */
const allowCsv = (section: HTMLElement, isReady: boolean): void => {
  const button = section.querySelector<HTMLButtonElement>('[data-csv]')
  if (button) button.disabled = !isReady
}

const hasCsv = <T>({ csv, hasCsv }: Drawing<T>, data: T): boolean => csv !== undefined && hasCsv?.(data) !== false

const offerCsv = (section: HTMLElement, sheet: () => (Sheet & Pick<View, 'site'>) | null): void =>
  section.querySelector('[data-csv]')?.addEventListener('click', () => {
    const made = sheet()
    if (made) download(fileName(find('h2', section).textContent, made.site, made.period), made.text)
  })

/**
 * A panel with its loading and error states. It loads when the view needs other data, dims the old content meanwhile, and
 * offers to try again after an error.
 */
export const panel =
  <T>(drawing: Drawing<T>): Mount =>
  section => {
    const body = find('[data-body]', section)
    const running: Running = { key: null, stop: new AbortController(), timer: undefined }
    let shown: { readonly data: T } | null = null
    let seen: View | null = null

    const draw = (data: T, view: View): void => {
      drawing.draw(body, data, view)
      hideRepeatedWarnings()
    }

    /** A reload by timer is not announced here: the panel announces what has changed. */
    const load = async (view: View, byItself = false): Promise<void> => {
      running.stop.abort()
      clearTimeout(running.timer)
      running.stop = new AbortController()
      const { signal } = running.stop
      body.setAttribute('aria-busy', 'true')
      allowCsv(section, false)
      try {
        const data = await drawing.load(view, signal)
        if (signal.aborted) return
        draw(data, seen ?? view)
        if (shown && !byItself)
          announce(fill(clientFrameTexts.panels.updated, { panel: find('h2', section).textContent }))
        shown = { data }
        allowCsv(section, hasCsv(drawing, data))
        repeat(drawing, data, running, () => void load(view, true))
      } catch (error) {
        if (signal.aborted) return
        shown = null
        body.replaceChildren(errorState(error, () => void load(view)))
        hideRepeatedWarnings()
      }
      body.removeAttribute('aria-busy')
    }

    offerCsv(section, () =>
      shown && seen && drawing.csv ? { ...drawing.csv(shown.data, seen), site: seen.site } : null,
    )
    onView(view => {
      seen = view
      const key = drawing.key(view)
      // While data is loading, it is drawn when it arrives.
      if (key === running.key && shown && !body.ariaBusy) draw(shown.data, view)
      if (key === running.key) return
      running.key = key
      void load(view)
    })
  }

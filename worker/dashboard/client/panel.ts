import type { Answer, Question } from '../../../shared/question'
import type { View } from '../address'
import { ask, askCsv, Refusal } from './ask'
import { find, say } from './dom'
import { download } from './download'
import { failed } from './states'
import { onView } from './view'

/** How a panel gets what it shows and draws it. */
export interface Drawing<T> {
  /** Equal texts: nothing needs to be fetched again. */
  key(view: View): string
  /** @throws Refusal */
  load(view: View, signal: AbortSignal): Promise<T>
  /** Fills the panel's body; called again for a view that needs no other data. */
  draw(body: HTMLElement, data: T, view: View): void
  /** What the panel's CSV button downloads. */
  csv?(view: View): Promise<string>
  /** Seconds until it is loaded again by itself, `null` for never. */
  again?(data: T): number | null
}

/** Starts a panel in its section of the page. */
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

const offerCsv = <T>({ csv }: Drawing<T>, section: HTMLElement, view: () => View | null): void => {
  const button = section.querySelector<HTMLButtonElement>('[data-csv]')
  if (!button || !csv) return
  button.addEventListener('click', async () => {
    const now = view()
    if (!now) return
    try {
      download(`${now.site}-${section.id}.csv`, await csv(now))
    } catch (error) {
      say(error instanceof Refusal ? error.message : String(error))
    }
  })
}

/**
 * A panel with its loading and error states: it loads when the view asks for something else, dims what it showed until
 * then, and says what went wrong with a way to try again.
 */
export const panel =
  <T>(drawing: Drawing<T>): Mount =>
  section => {
    const body = find('[data-body]', section)
    const running: Running = { key: null, stop: new AbortController(), timer: undefined }
    let shown: { readonly data: T } | null = null
    let seen: View | null = null

    /** What comes by itself is said by who draws it, when there is something to say. */
    const load = async (view: View, byItself = false): Promise<void> => {
      running.stop.abort()
      clearTimeout(running.timer)
      running.stop = new AbortController()
      const { signal } = running.stop
      body.setAttribute('aria-busy', 'true')
      try {
        const data = await drawing.load(view, signal)
        if (signal.aborted) return
        drawing.draw(body, data, seen ?? view)
        if (shown && !byItself) say(`${find('h2', section).textContent}: updated.`)
        shown = { data }
        repeat(drawing, data, running, () => void load(view, true))
      } catch (error) {
        if (signal.aborted) return
        shown = null
        body.replaceChildren(failed(error, () => void load(view)))
      }
      body.removeAttribute('aria-busy')
    }

    offerCsv(drawing, section, () => seen)
    onView(view => {
      seen = view
      const key = drawing.key(view)
      // What is loading is drawn once it is there.
      if (key === running.key && shown && !body.ariaBusy) drawing.draw(body, shown.data, view)
      if (key === running.key) return
      running.key = key
      void load(view)
    })
  }

/** A drawing of answers of `POST /api/v1/query`. */
export interface Asked {
  questions(view: View): readonly Question[]
  draw(body: HTMLElement, answers: readonly Answer[], view: View): void
  again?(answers: readonly Answer[]): number | null
}

/**
 * A panel that shows answers, one for each question, and gives them as CSV one below the other.
 * @example asked({ questions: view => [{ ...about(view), metrics: ['visitors'] }], draw })
 */
export const asked = ({ questions, ...rest }: Asked): Mount =>
  panel<readonly Answer[]>({
    ...rest,
    key: view => JSON.stringify(questions(view)),
    load: (view, signal) => Promise.all(questions(view).map(question => ask(question, signal))),
    csv: async view => (await Promise.all(questions(view).map(askCsv))).join('\r\n'),
  })

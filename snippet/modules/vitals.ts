import type { Beacon, WireEvent, WireView } from '../../shared/wire'

/** An entry of any observed type. */
interface Entry extends PerformanceEntry {
  /** The interaction that an event belongs to; 0 for none. */
  readonly interactionId: number
  /** The score of a layout shift. */
  readonly value: number
  readonly hadRecentInput: boolean
}

/** The vitals last sent for each page view, by its start. A record that the script sends again comes without them. */
const sent: Record<number, Pick<WireView, 'l' | 'n' | 's'>> = {}
/** When the current page view began. */
let since = 0

/** A page in the background paints at a time that says nothing. */
const wasHidden = document.hidden && !(document as { prerendering?: boolean }).prerendering
/** When the largest text or image was painted. */
let painted: number
/** How long it took to show the page: its Largest Contentful Paint. */
let shown: number | undefined
/** The longest event of each interaction, by interaction id. */
let latencies: Record<number, number>
/** The worst window of layout shifts, in browsers that report them; the sum and the first and last shift of the current window. */
let worst: number | undefined
let sum: number
let first: number
let last: number

const begin = () => {
  latencies = {}
  shown = undefined
  painted = first = last = NaN
  worst = (window as { LayoutShift?: object }).LayoutShift && 0
}

const interact = ({ interactionId: id, duration }: Entry) => {
  if (id) latencies[id] = Math.max(latencies[id] || 0, duration)
}

const READERS: Readonly<Record<string, (entry: Entry) => void>> = {
  'largest-contentful-paint': ({ startTime }) => {
    painted = startTime
  },
  'layout-shift': ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return
    // A window ends after a second without a shift, or after five seconds.
    if (!(startTime - last < 1e3 && startTime - first < 5e3)) {
      sum = 0
      first = startTime
    }
    sum += value
    last = startTime
    worst = Math.max(worst as number, sum)
  },
  event: interact,
  'first-input': interact,
}

begin()

const observers = Object.entries(READERS).map(([type, read]) => {
  const observer = new PerformanceObserver(list => (list.getEntries() as Entry[]).map(read))
  // By default, browsers report events from 104 ms on. They round to 8 ms.
  observer.observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
  return () => (observer.takeRecords() as Entry[]).map(read)
})

/** Updates the vitals of the current page view. Its paint counts until the page is first hidden. */
const measure = () => {
  for (const readMore of observers) readMore()
  // A prerendered page begins when it is shown.
  const start = (performance.getEntriesByType('navigation')[0] as { activationStart?: number })?.activationStart || 0
  const hidden = performance
    .getEntriesByType('visibility-state')
    .find(({ name, startTime }) => name === 'hidden' && startTime >= start)
  if (!sent[since] && painted < (hidden ? hidden.startTime : wasHidden ? 0 : Infinity))
    shown = Math.max(painted - start, 0)
  const slowest = Object.values(latencies).sort((one, other) => other - one)
  sent[since] = { l: shown as number, n: slowest[Math.floor(slowest.length / 50)] as number, s: worst as number }
}

/** Adds vitals to the totals of a page view, the only records with visible time. */
const complete = (record: WireView) => {
  // An older record is a repetition.
  if (record.t > since) {
    if (since) begin()
    since = record.t
  }
  if (record.m && record.t === since) measure()
  Object.assign(record, sent[record.t])
}

// The script sends with `fetch` and does not know this module. Other requests stay unchanged.
const { fetch } = window
window.fetch = (url, init) => {
  try {
    if (/"n".*"e".*"u":"http/.test(init?.body as string)) {
      const beacon = JSON.parse(init?.body as string) as Beacon
      for (const record of beacon.e) (record as WireEvent).k || complete(record)
      init = { ...init, body: JSON.stringify(beacon) }
    }
  } catch {}
  return fetch(url, init)
}

// After a return from the back/forward cache, the page is visible with the second frame.
addEventListener('pageshow', ({ persisted, timeStamp }) => {
  if (persisted)
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        shown = performance.now() - timeStamp
      }),
    )
})

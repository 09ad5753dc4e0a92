import type { WireEvent, WireView } from '../shared/wire'
import { address, page } from './address'
import { guard } from './guard'
import { listen } from './listen'
import { send } from './send'
import { script, tag } from './tag'

/** A record without the parts that every record has. */
type Rest<R> = Omit<R, 'i' | 't' | 'u' | 'r'>

/**
 * Sends a record and returns it. One that must not be recorded is not sent, and the result is the reason: a string, which
 * ignores the totals that are written to it.
 *
 * The reason is the name of what forbids it: `include` or `exclude` on the tag, a program that drives the browser, or the
 * owner's own storage. The two lists come first, so that their index, 0 or 1, is the result of "is this page on the list?"
 * that forbids it. In a list, every character but `*` is literal. The id makes a repeated record harmless. It is not a
 * `crypto.randomUUID`, which does not exist on http:// pages.
 */
const record = <R extends WireView | WireEvent>(rest: Rest<R>): R =>
  // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
  ((script.n = 'include exclude footfall_ignore webdriver'
    .split(' ')
    .find(
      (name, place) =>
        navigator[name as 'webdriver'] ||
        guard(() => localStorage[name])() === 'true' ||
        (tag[name] &&
          RegExp(
            '//[^/]+(' +
              (tag[name].match(/[^\s,]+/g) as string[]).join('|').replace(/[^*|]/g, '[$&]').replace(/\*/g, '.*') +
              ')/?$',
          ).test(page(address())) === (place as unknown as boolean)),
    )) as unknown as R) ||
  send({ u: address(), r: referrer, t: Date.now(), i: (Math.random() * 2e9) | 0, ...rest } as unknown as R)

/** A page view in progress. */
type Running = Omit<WireView, 'm' | 'd' | 'c'> & Record<'m' | 'd' | 'c', number>

type Properties = Readonly<Record<string, unknown>>

/** The current page view, empty when it was not recorded. */
export let view = {} as Running

let shown = document.referrer
let referrer = shown
let counted: number
let present: number
let left: number
let seen: boolean
let deepest: number
let height: number

/** `before` is ignored: it lets a caller measure another box first. */
type Measure = (box?: Element, before?: unknown) => void

/**
 * Raises the scroll depth to the lowest pixel seen. The page is what scrolls furthest: the document, or an element in an app
 * shell. The end of an endless list is no longer the end once the list has grown.
 */
const measure: Measure = (box = document.scrollingElement as Element) => {
  if (box?.scrollHeight >= height) {
    height = box.scrollHeight
    deepest = Math.max(box.scrollTop + box.clientHeight, deepest)
    view.d = (deepest / height) * 100
  }
}

/**
 * Adds visible time up to now, and checks whether the visitor is present from now on: the page visible and focused.
 *
 * Leaving a page fires both `pagehide` and `visibilitychange`, in an order that depends on the browser. The first one
 * sends the running totals, the later ones find `left` set. After `pagehide` a page can only return from the back/forward
 * cache, always as a new page view: `left` is then the first millisecond of 1970, longer than half an hour ago.
 * @see https://html.spec.whatwg.org/multipage/document-lifecycle.html#unload-a-document
 */
const live = (event: Event | 0, gone: unknown = (event as Event).type === 'pagehide', now = performance.now()) => {
  // After five minutes without input, nobody is present.
  view.m += present * Math.min(now - counted, 3e5)
  counted = now
  if (gone || document.hidden) {
    present = 0
    if (!left && view.m) {
      if (!view.d) measure()
      send(view)
    }
    left = (gone as number) || left || Date.now()
  } else {
    present = document.hasFocus() as unknown as number
    // After half an hour the visitor begins a new session, and the page a new view. The monotonic clock would not do: on
    // some machines it stops during sleep, https://github.com/w3c/hr-time/issues/115
    if (left && Date.now() - left >= 18e5) beginUnasked()
    left = 0
  }
}

/**
 * The page's `footfall()`. On a page that was prerendered or opened in the background, calls wait until the page is visible.
 *
 * A property that JSON cannot hold, such as a circular reference, a BigInt or a getter that throws, must not cost the event.
 */
export const footfall = guard((k: string, given: Properties, o: Record<string, unknown> = given && {}) => {
  for (const name in given)
    try {
      // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
      JSON.stringify((o[name] = given[name]))
    } catch {
      // The collector takes no object as a property, and answers with its name.
      o[name] = {}
    }
  // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
  if (!(seen ||= !document.hidden)) setTimeout(footfall, 200, k, o)
  else if (k === 'page_view') {
    live(0, 1)
    referrer = shown
    shown = address()
    left = deepest = height = 0
    view = record<Running>((WHOLE ? { m: 0, c: 0 } : { m: 0 }) as Running)
    live(0)
  } else if (k) {
    // With Global Privacy Control, `send` creates no id.
    if (k === 'consent') tag.id = (given.analytics ? 'persistent' : delete localStorage.footfall_id) as string
    record<WireEvent>({ k, o } as WireEvent)
  }
})

/** Begins a page view, unless `data-manual` leaves that to the page. */
export const beginUnasked = () => tag.manual ?? footfall('page_view')

// The first statement of the script that does anything.
beginUnasked()

const compare = () => seen && page(shown) !== page(address()) && beginUnasked()

// Only pushState fires no event. The comparison is with the address right before the call, so that replaceState and a new
// query are not page views.
const push = history.pushState
history.pushState = (...args) => {
  shown = address()
  push.apply(history, args)
  compare()
}
// Browsers fire `popstate` for a new fragment too.
listen('popstate', compare)
// Measures before the totals are sent, but not on a route change: some routers change the document before the address.
listen('pointerdown pagehide scroll keydown pageshow visibilitychange', event =>
  measure(event.target as Element, measure()),
)
listen('pointermove pointerdown pagehide blur wheel focus keydown pageshow visibilitychange', live)

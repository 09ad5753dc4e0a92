/**
 * A tour library, by its markup:
 * - a step, of which one is visible at a time; its class names the guide if neither the page nor the library does
 * - the button to the next step, which completes the guide on the last one
 * - in a step, a text with its number and the number of steps, such as "1 of 3"
 * - in a step, one element for each step, the current one with a class such as "active"
 */
type Library = readonly [step: string, on: string, progress?: string, dots?: string]

const LIBRARIES: readonly Library[] = [
  ['.shepherd-element', '.shepherd-button:last-child:not(.shepherd-button-secondary)'],
  ['.driver-popover', '.driver-popover-next-btn', '.driver-popover-progress-text'],
  [
    '.introjs-tooltipReferenceLayer:not(.introjs-hintReference)',
    '.introjs-nextbutton',
    '.introjs-helperNumberLayer',
    '.introjs-bullets a',
  ],
  ['.react-joyride__tooltip', '[data-action=primary]', '[data-action=primary]'],
  // It has no Done button: any click that closes the last step completes the tour.
  ['.reactour__popover', '*', 'span', '[aria-label^="Go to step"]'],
  ['.v-step', '.v-step__button-stop'],
  ['.popover[class*=tour-]', '[data-role=next],[data-role=end]', 'h3 span:last-child'],
  ['.tg-dialog', '#tg-dialog-next-btn', '.tg-step-progress', '.tg-dot'],
]

/** `<html>` or `<body>`, and the name from its `data-guide`. */
interface Root extends HTMLElement {
  guide?: string | undefined
}

/** The name that the page gives to its guides. */
let name: string | undefined
/** The running guide. */
let guide: string | undefined
let library: Library
let element: HTMLElement | undefined
let step: number
let steps: number
/** The steps shown so far, in order, each by its number or else by another distinguishing value. */
let shown: unknown[] = []
/** True if the last click or key of the visitor went to the next step. */
let isOn: boolean
/** Timers: until the next look, and until a guide without a visible step has ended. */
// biome-ignore lint/correctness/noUnusedVariables: `||=` reads it
let next: unknown
let ending: unknown

const record = (event: string, properties?: object) => document.footfall?.(event, { guide_id: guide, ...properties })

const end = () => {
  record(isOn && !(step < steps) ? 'guide_complete' : 'guide_dismiss')
  guide = undefined
  ending = steps = 0
  shown = []
}

const view = ({ id, className, dataset, textContent }: HTMLElement, [selector, , progress, dots]: Library) => {
  // No element is called "undefined".
  const find = (part: string | undefined) => [...(element as HTMLElement).querySelectorAll(part as string)]
  const [number, count] = (find(progress)[0]?.textContent?.match(/\d+/g) ?? []) as string[]
  const places = find(dots)
  const joyride = (element as HTMLElement).closest('[id^=react-joyride]')?.id.match(/\d+/)
  const known =
    +(number as string) || places.findIndex(dot => /active/.test(dot.className)) + 1 || (joyride && +joyride + 1)
  const key = known || dataset.shepherdStepId || id || textContent
  const isNew = !shown.includes(key)
  if (isNew) shown.push(key)
  step = known || shown.indexOf(key) + 1
  steps = +(count as string) || places.length || steps
  guide ??= name || className.match(/ tour-(\S+)/)?.[1] || selector.match(/[a-z-]+/)?.[0]
  if (isNew) record('guide_step', { step, step_count: steps || undefined, interactive: false })
}

const look = () => {
  next = 0
  name = undefined
  // Removed, because the script would take the whole page for a step.
  for (const root of document.querySelectorAll<Root>('html,body')) {
    root.guide = root.dataset.guide || root.guide
    name = root.guide || name
    delete root.dataset.guide
  }
  for (library of LIBRARIES)
    for (element of document.querySelectorAll<HTMLElement>(library[0]))
      if (element.offsetWidth) {
        clearTimeout(ending as number)
        ending = 0
        return view(element, library)
      }
  // After a click on "next", the step may still have to load.
  if (guide) ending ||= setTimeout(end, isOn && !(step >= steps) ? 5e3 : 1e3)
}

// The last look may be older than the click. A second click, on what was below a button that closed its step, says nothing.
const note = (event: Event) => {
  if (element?.offsetWidth)
    isOn = (event as KeyboardEvent).key === 'ArrowRight' || !!(event.target as Element).closest?.(library[1])
}

addEventListener('click', note, true)
addEventListener('keydown', note, true)
addEventListener('pagehide', () => {
  look()
  if (ending) end()
})
new MutationObserver(() => {
  next ||= setTimeout(look, 100)
}).observe(document, { subtree: true, childList: true, attributes: true })
look()

export {}

import { footfall } from './page-view'

/** How often each step was found half visible. */
const found: Record<string, number> = {}

const look = (entry: IntersectionObserverEntry) => {
  const data = (entry.target as HTMLElement).dataset as Record<'guide' | 'guideStep' | 'guideSteps', string>
  const key = data.guide + data.guideStep
  if (
    entry.intersectionRatio >= 0.5 &&
    // Browsers before 2024 lack it or these options.
    entry.target.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false &&
    // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
    (found[key] = -~(found[key] as number)) === 3
  )
    footfall('guide_step', {
      interactive: false,
      step: +data.guideStep,
      step_count: +data.guideSteps,
      guide_id: data.guide,
    })
}

// The observer answers once about everything it observes, as soon as the browser has painted. A step found three times, half a
// second apart, was visible for a second. Observing again finds steps that were changed or shown since, and forces no layout.
// `head` is never visible: it makes the observer answer even on a page without a guide, where a check every two seconds is
// enough to find one that a script adds. In a hidden tab the observer does not answer.
const observer = new IntersectionObserver(entries => {
  observer.disconnect()
  entries.map(look)
  setTimeout(search, entries[1] ? 500 : 2e3)
})
const search = () => {
  for (const guide of document.querySelectorAll('head,[data-guide]')) observer.observe(guide)
}
search()

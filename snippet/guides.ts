import { footfall } from './page-view'

type Observer = IntersectionObserver & { [key: string]: number | unknown }

// The observer answers once about everything it observes, as soon as the browser has painted. A step found three times, half a
// second apart, was visible for a second. Observing again finds steps that were changed or shown since, and forces no layout.
// `head` is never visible: it makes the observer answer even on a page without a guide, where a check every two seconds is
// enough to find one that a script adds. In a hidden tab the observer does not answer.
// Its properties count how often each step was found: fewer bytes than another object. A key begins with the step's number.
const observer: Observer = new IntersectionObserver(entries => {
  observer.disconnect()
  // biome-ignore lint/suspicious/useIterableCallbackReturn: fewer bytes than `forEach`
  entries.map(entry => {
    const data = (entry.target as HTMLElement).dataset as Record<'guide' | 'guideStep' | 'guideSteps', string>
    const key = data.guideStep + data.guide
    if (
      entry.intersectionRatio >= 0.5 &&
      // Browsers before 2024 lack it or these options.
      entry.target.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false &&
      // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
      (observer[key] = -~(observer[key] as number)) === 3
    )
      footfall('guide_step', {
        guide_id: data.guide,
        step: +data.guideStep,
        step_count: +data.guideSteps,
        interactive: false,
      })
  })
  setTimeout(search, entries[1] ? 500 : 2e3)
}) as Observer
const search = () => {
  for (const guide of document.querySelectorAll('head,[data-guide]')) observer.observe(guide)
}
search()

import { footfall } from './page-view'

/** How often each step was found half visible. */
const found: Record<string, number> = {}

const look = (entry: IntersectionObserverEntry) => {
  const data = (entry.target as HTMLElement).dataset as Record<'guide' | 'guideStep' | 'guideSteps', string>
  const key = data.guide + data.guideStep
  if (
    !(entry.intersectionRatio < 0.5) &&
    // Browsers before 2024 lack it or these options.
    entry.target.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false &&
    // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
    (found[key] = -~(found[key] as number)) === 3
  )
    footfall('guide_step', {
      guide_id: data.guide,
      step: +data.guideStep,
      step_count: +data.guideSteps,
      interactive: false,
    })
}

const observer = new IntersectionObserver(entries => entries.map(look))

// Found three times, half a second apart, means visible for a second. Observing again finds steps that were changed or shown
// since, and forces no layout. In a hidden tab browsers observe nothing. Where there is no guide, every two seconds suffice to
// find one that a script adds.
const search = () => {
  let pause = 2e3
  observer.disconnect()
  for (const guide of document.querySelectorAll('[data-guide]')) {
    observer.observe(guide)
    pause = 500
  }
  setTimeout(search, pause)
}
search()

import { footfall } from './page-view'

/** How often each step was found half visible. */
const seen: Record<string, number> = {}

const look = (entry: IntersectionObserverEntry) => {
  const data = (entry.target as HTMLElement).dataset as Record<'guide' | 'guideStep' | 'guideSteps', string>
  const key = data.guide + data.guideStep
  // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
  if (entry.intersectionRatio >= 0.5 && (seen[key] = -~(seen[key] as number)) === 3)
    footfall('guide_step', {
      guide_id: data.guide,
      step: +data.guideStep,
      step_count: +data.guideSteps,
      interactive: false,
    })
}

// Found three times, half a second apart, means visible for a second. Observing again finds elements that were added,
// changed or shown since, and forces no layout. In a hidden tab browsers observe nothing.
const observer = new IntersectionObserver(entries => entries.map(look))
setInterval(() => {
  observer.disconnect()
  for (const guide of document.querySelectorAll('[data-guide]')) observer.observe(guide)
}, 500)

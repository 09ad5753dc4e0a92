import type { MetricValue } from '../../../../shared/question'
import { fill } from '../../texts/fill'
import { onboardingTexts } from '../../texts/onboarding'
import { h } from '../components/h'
import { percent } from '../format/number'
import { effectTexts, groupsOf, rateOf } from './guideEffect'

const { outcome } = onboardingTexts

const rateText = (rate: number | null): string => (rate === null ? '–' : percent(rate))

/** Activation after a guide, with and without completing it; null where that is unknown. */
export const guideOutcome = (effect: MetricValue | undefined): HTMLElement | null => {
  if (!effect || effect.value === null) return null
  const [difference, range] = effectTexts(effect)
  const names = [outcome.completed, outcome.notCompleted]
  return h(
    'dl',
    { class: 'facts', 'aria-label': outcome.title },
    ...groupsOf(effect).map((group, at) =>
      h(
        'div',
        {},
        h('dt', {}, names[at]),
        h('dd', {}, h('strong', { 'data-value': rateOf(group) ?? '' }, rateText(rateOf(group)))),
        h('dd', { class: 'made' }, fill(outcome.of, { activated: group.activated, count: group.signUps })),
      ),
    ),
    h(
      'div',
      { 'data-metric': 'guide_effect', 'data-status': effect.status },
      h('dt', {}, outcome.difference),
      h('dd', {}, h('strong', { 'data-value': effect.value }, difference)),
      h('dd', { class: 'made' }, range),
    ),
  )
}

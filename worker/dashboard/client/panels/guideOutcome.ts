import type { MetricValue } from '../../../../shared/question'
import { h } from '../components/h'
import { number, percent } from '../format/number'
import { effectTexts, groupsOf, rateOf } from './guideEffect'

const rateText = (rate: number | null): string => (rate === null ? '–' : percent(rate))

/** Activation after a guide, with and without completing it; null where that is unknown. */
export const guideOutcome = (effect: MetricValue | undefined): HTMLElement | null => {
  if (!effect || effect.value === null) return null
  const [difference, range] = effectTexts(effect)
  return h(
    'dl',
    { class: 'facts', 'aria-label': 'Activation after the guide' },
    ...groupsOf(effect).map(group =>
      h(
        'div',
        {},
        h('dt', {}, `${group.text} → activated`),
        h('dd', {}, h('strong', { 'data-value': rateOf(group) ?? '' }, rateText(rateOf(group)))),
        h('dd', { class: 'made' }, `${number(group.activated)} of ${number(group.signUps)} sign-ups`),
      ),
    ),
    h(
      'div',
      { 'data-metric': 'guide_effect', 'data-status': effect.status },
      h('dt', {}, 'Difference'),
      h('dd', {}, h('strong', { 'data-value': effect.value }, difference)),
      h('dd', { class: 'made' }, range),
    ),
  )
}

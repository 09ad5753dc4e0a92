import type { MetricValue } from '../../../../shared/question'
import { h } from './dom'

/** Whether there was anything to compare a value with. */
export const tellsChange = (value: MetricValue | undefined): boolean => typeof value?.change?.value === 'number'

/** Says what the sign before a value means, where one of these has it. */
export const roughNote = (values: readonly (MetricValue | undefined)[]): HTMLElement | null =>
  values.some(value => value?.status === 'low_sample')
    ? h('p', { class: 'note' }, '~ too little data for a precise figure; a longer period says more.')
    : null

import type { MetricValue } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { h } from './h'

/** Explains the ~ sign if one of the values has it. */
export const lowSampleNote = (values: readonly (MetricValue | undefined)[]): HTMLElement | null =>
  values.some(value => value?.status === 'low_sample')
    ? h('p', { class: 'note' }, clientFrameTexts.tables.lowSample)
    : null

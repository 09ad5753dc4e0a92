import type { Answer } from '../../../../shared/question'
import { h } from './h'

export const warnings = (answer: Answer | undefined): HTMLElement[] =>
  (answer?.meta.warnings ?? []).map(warning => h('p', { class: 'note' }, warning))

import type { Answer } from '../../../../shared/question'
import { h } from './h'

/** The warnings of an answer. A page shows each once, see `hideRepeatedWarnings`. */
export const warnings = (answer: Answer | undefined): HTMLElement[] =>
  (answer?.meta.warnings ?? []).map(warning => h('p', { class: 'note', 'data-warning': true }, warning))

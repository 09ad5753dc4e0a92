import { h } from './h'

/** Nothing to show, and what to do about it. */
export const emptyState = (text: string): HTMLElement => h('p', { class: 'state' }, text)

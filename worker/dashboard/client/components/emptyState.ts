import { h } from './h'

export const emptyState = (text: string): HTMLElement => h('p', { class: 'state' }, text)

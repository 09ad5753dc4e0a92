import { h } from './h'

/**
 * A bar beside a number of the same value.
 * @param share from 0 to 1
 */
export const bar = (share: number): HTMLElement => {
  const fill = h('span', { class: 'fill' })
  fill.style.setProperty('inline-size', `${Math.min(1, Math.max(0, share)) * 100}%`)
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, fill)
}

/** The name of a table row, above its bar. */
export const labelWithBar = (text: string, share: number): HTMLElement =>
  h('span', { class: 'barred' }, h('bdi', { title: text }, text), bar(share))

import { hrefOf, withOwn } from '../state/view'
import { h } from './h'

export interface Option {
  /** The value in the address; empty for none. */
  readonly value: string
  readonly text: string
}

/** The option that the address names, or the first. */
export const chosenOption = <T extends Option>(
  options: readonly T[] & { readonly 0: T },
  value: string | undefined,
): T => options.find(option => option.value === value) ?? options[0]

/**
 * Links to the options of a panel.
 * @param label names the choice for screen readers
 * @param name of the parameter in the address
 * @param more changes of the address
 */
export const optionLinks = (
  label: string,
  name: string,
  options: readonly Option[],
  shown: Option,
  more: Readonly<Record<string, null>> = {},
): HTMLElement =>
  h(
    'ul',
    { class: 'tabs', 'aria-label': label },
    ...options.map(({ value, text }) => {
      const href = hrefOf(withOwn({ ...(value !== shown.value && more), [name]: value || null }))
      return h('li', {}, h('a', { href, 'data-view': true, 'aria-current': value === shown.value && 'true' }, text))
    }),
  )

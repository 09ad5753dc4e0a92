import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { h } from './h'

/**
 * A link to a setting of the site.
 * @param setting the setting's name
 */
export const settingsLink = ({ site }: View, setting: string, text: string): HTMLElement =>
  h('a', { class: 'more', href: `/settings${searchOf({ ...DEFAULT_VIEW, site })}#${setting}` }, text)

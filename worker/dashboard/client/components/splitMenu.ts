import type { View } from '../../address'
import { go, onView, withOwn } from '../state/view'
import { find } from './find'

const menuIn = (within: HTMLElement): HTMLSelectElement => find<HTMLSelectElement>('#split', within)

/** The dimension that the address splits a panel by, if the menu has it. */
export const splitOf = ({ own: { split } }: View): string | null =>
  split && [...menuIn(document.body).options].some(({ value }) => value === split) ? split : null

/** Keeps the menu of the split and the address in step. */
export const splitMenu = (section: HTMLElement): void => {
  const menu = menuIn(section)
  menu.addEventListener('change', () => go(withOwn({ split: menu.value || null })))
  onView(view => {
    menu.value = splitOf(view) ?? ''
  })
}

import type { PageId, PanelId } from '../pages'
import { controls } from './components/controls'
import { find } from './components/find'
import { menus } from './components/menus'
import type { Mount } from './components/panel'
import { themeSwitch } from './components/themeSwitch'
import { tips } from './components/tips'

/**
 * Starts a page.
 * @param panels the page's panels, by id
 * @example start<'now'>({ present })
 */
export const start = <Id extends PageId>(panels: Readonly<Record<PanelId<Id>, Mount>>): void => {
  themeSwitch()
  // A narrow navigation scrolls to the current page.
  document.querySelector('.pages [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  menus()
  tips()
  controls()
  for (const [id, mount] of Object.entries<Mount>(panels)) mount(find(`#${id}`))
}

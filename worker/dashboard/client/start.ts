import type { PageId, PanelId } from '../pages'
import { controls } from './components/controls'
import { find } from './components/find'
import { languageMenu } from './components/languageMenu'
import { menus } from './components/menus'
import type { Mount } from './components/panel'
import { sharedLinks } from './components/sharedLinks'
import { themeSwitch } from './components/themeSwitch'
import { tips } from './components/tips'
import { PAGE } from './state/page'

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
  languageMenu()
  controls()
  if (PAGE.shared) sharedLinks(PAGE.shared)
  for (const [id, mount] of Object.entries<Mount>(panels)) mount(find(`#${id}`))
}

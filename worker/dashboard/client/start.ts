import { controls } from './controls'
import { find } from './dom'
import { menus } from './menus'
import type { Mount } from './panel'
import { themeSwitch } from './themeSwitch'
import { tips } from './tips'

/**
 * Brings a page to life.
 * @param panels by the ids of the page's entry in the registry
 */
export const start = (panels: Readonly<Record<string, Mount>>): void => {
  themeSwitch()
  // Where the navigation is narrower than its names, the one that is shown is in sight.
  document.querySelector('.pages [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  menus()
  tips()
  controls()
  for (const [id, mount] of Object.entries(panels)) mount(find(`#${id}`))
}

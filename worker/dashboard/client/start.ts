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
  menus()
  tips()
  controls()
  for (const [id, mount] of Object.entries(panels)) mount(find(`#${id}`))
}

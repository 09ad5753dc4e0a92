import type { View } from '../../../address'
import { find } from '../../components/find'
import { hrefOf, onView, withOwn } from '../../state/view'

/** The tab that holds the element an address points to, such as `#value_event`. */
const tabOfHash = (): string | undefined => {
  const target = location.hash === '' ? null : document.getElementById(location.hash.slice(1))
  return target?.closest<HTMLElement>('[data-tab]')?.dataset.tab
}

/** Shows the parts of the settings that belong to the tab of the address. */
export const settingsTabs = (): void => {
  const links = [...find('#settings-tabs').querySelectorAll<HTMLAnchorElement>('a')]
  const parts = [...document.querySelectorAll<HTMLElement>('[data-tab]')]
  const pointedTo = tabOfHash()
  const show = ({ own }: View): void => {
    const tab = [own.tab, pointedTo].find(one => links.some(({ dataset }) => dataset.to === one)) ?? 'general'
    for (const part of parts) part.hidden = part.dataset.tab !== tab
    for (const link of links) {
      link.href = hrefOf(withOwn({ tab: link.dataset.to ?? null }))
      link.toggleAttribute('aria-current', false)
      if (link.dataset.to === tab) link.setAttribute('aria-current', 'true')
    }
    // The form's button saves all of its tabs.
    find('#site').hidden = parts.every(part => part.hidden || !part.closest('#site'))
  }
  onView(show)
  if (pointedTo) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { PAGE } from '../state/page'
import { h } from './h'

const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i

const origin = (): string => {
  const domain = PAGE.site?.domain ?? ''
  return domain === 'localhost' ? 'http://localhost' : `https://${domain}`
}

const ofPath = (path: string): string | null => (path.startsWith('/') ? `${origin()}${path}` : null)
const ofHost = (address: string): string | null => (HOST.test(address) ? `https://${address}` : null)

/** The address of a group, by dimension. Visitors send the values, so none of them can choose the scheme. */
const ADDRESSES: Readonly<Record<string, (value: string) => string | null>> = {
  page: ofPath,
  entry_page: ofPath,
  exit_page: ofPath,
  hostname: ofHost,
  referrer: ofHost,
}

/** A link that opens a page or referrer in a new tab; `null` for other groups. */
export const outLink = (dimension: string, value: string): HTMLElement | null => {
  const href = ADDRESSES[dimension]?.(value) ?? null
  if (href === null) return null
  const attributes = {
    class: 'out',
    href,
    target: '_blank',
    rel: 'noopener noreferrer',
    'aria-label': fill(clientFrameTexts.panels.openAddress, { address: value }),
  }
  return h('a', attributes, '↗')
}

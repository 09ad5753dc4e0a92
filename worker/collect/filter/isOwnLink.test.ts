import { expect, test } from 'vitest'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import type { SiteConfig } from '../../storage/siteConfig'
import type { IncomingEvent } from '../parse/incomingEvent'
import { isOwnLink } from './isOwnLink'

const SITE = {
  domain: 'shop.example',
  settings: { ...EMPTY_SETTINGS, hostnames: ['shop.test'] },
} as unknown as SiteConfig

const click = (link_url: unknown, name = 'outbound_click') =>
  ({ name, parameters: { properties: link_url === undefined ? null : { link_url } } }) as unknown as IncomingEvent

test.each(['https://shop.example/a', 'https://Help.shop.example:8443/', 'https://shop.test/', 'http://www.shop.test/'])(
  '%s is a link within the site',
  address => {
    expect(isOwnLink(click(address), SITE)).toBe(true)
    expect(isOwnLink(click(address, 'file_download'), SITE)).toBe(false)
  },
)

test.each(['https://evilshop.example/', 'https://shop.example.org/', 'mailto:me@shop.example', '', 7, undefined])(
  '%s is not',
  address => {
    expect(isOwnLink(click(address), SITE)).toBe(false)
  },
)

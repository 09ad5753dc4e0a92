import type { PlatformId } from '../../../shared/platforms'

/** A fetched front page. */
export interface FrontPage {
  readonly headers: Headers
  /** The first bytes, up to a limit. */
  readonly html: string
}

const generator = (name: string): string => `<meta[^>]{0,200}content=["']?${name}`

/**
 * What only pages of a platform have, in their markup or in a header `name: value`. The first match wins: WooCommerce runs in
 * WordPress, and Tag Manager on anything.
 */
const SIGNS: readonly (readonly [PlatformId, RegExp])[] = [
  ['woocommerce', RegExp(`/plugins/woocommerce/|${generator('WooCommerce')}`, 'i')],
  ['wordpress', RegExp(`/wp-(?:content|includes)/|api\\.w\\.org|${generator('WordPress')}`, 'i')],
  ['shopify', /cdn\.shopify\.com\/|\/cdn\/shop\/|Shopify\.theme|^x-shopid:/im],
  ['webflow', RegExp(`data-wf-site=|${generator('Webflow')}`, 'i')],
  ['ghost', RegExp(generator('Ghost \\d'), 'i')],
  ['wix', RegExp(`static\\.(?:wixstatic|parastorage)\\.com/|^x-wix-request-id:|${generator('Wix\\.com')}`, 'im')],
  ['squarespace', /static1\.squarespace\.com\/|Static\.SQUARESPACE_CONTEXT|^server: squarespace/im],
  ['next', /\/_next\/static\/|^x-powered-by: next\.js/im],
  ['astro', RegExp(`/_astro/|<astro-island|${generator('Astro v')}`, 'i')],
  ['gtm', /googletagmanager\.com\/(?:gtm\.js|ns\.html)/i],
]

/** The platform of a page; `html` if it shows no sign of any. */
export const detectPlatform = ({ headers, html }: FrontPage): PlatformId => {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return SIGNS.find(([, sign]) => sign.test(`${lines}\n${html}`))?.[0] ?? 'html'
}

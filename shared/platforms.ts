import { DEFAULT_PATHS, folderOf } from './collectorPaths'
import { scriptTag } from './scriptTag'

interface PlatformCode {
  readonly name: string
  /** @param src the script's address */
  readonly of: (src: string, site: string) => string
}

/** A platform that a site can run on, with the steps to add the script there. */
export interface Platform {
  readonly id: string
  readonly name: string
  /** In order, one sentence or two each. */
  readonly steps: readonly string[]
  /** The code to copy instead of the script tag. */
  readonly code?: PlatformCode
  /** Its guide in docs/integrations, without `.md`. */
  readonly guide?: string
}

/** The script tag with the module that records carts. */
const CART_TAG: PlatformCode = {
  name: 'Script tag',
  of: (src, site) => scriptTag(src, site).replace('></script>', ' data-modules="cart"></script>'),
}

/** The plugin appends the script's standard path, so a chosen path needs the full address. */
const COLLECTOR: PlatformCode = {
  name: 'Collector address',
  of: src => (src.endsWith(DEFAULT_PATHS.script) ? folderOf(src) : src),
}

const SCRIPT_ADDRESS: PlatformCode = { name: 'Script address', of: src => src }

const PACKAGE_CODE: PlatformCode = {
  name: 'Code',
  of: (src, site) => `import { init } from '@footfall/tracker'\n\ninit({ src: '${src}', site: '${site}' })`,
}

/** All platforms, in the order of the dashboard's list. */
export const PLATFORMS = [
  {
    id: 'html',
    name: 'HTML, or anything else',
    steps: [
      'Paste the script tag into the <head> of every page, or of the template that your pages share.',
      'Publish the pages.',
    ],
  },
  {
    id: 'wordpress',
    name: 'WordPress',
    steps: [
      'Zip the folder integrations/wordpress/footfall from the project, and upload it under Plugins → Add New Plugin → Upload Plugin.',
      'Activate the plugin, and enter the collector address below under Settings → Footfall.',
      'If you use a page cache, clear it.',
    ],
    code: COLLECTOR,
    guide: 'wordpress',
  },
  {
    id: 'woocommerce',
    name: 'WooCommerce',
    steps: [
      'Zip the folder integrations/wordpress/footfall from the project, and upload it under Plugins → Add New Plugin → Upload Plugin.',
      'Activate the plugin. Under Settings → Footfall, enter the collector address below and select the module cart. The plugin also records orders.',
      'If you use a page cache, clear it.',
    ],
    code: COLLECTOR,
    guide: 'woocommerce',
  },
  {
    id: 'shopify',
    name: 'Shopify',
    steps: [
      'Open Online Store → Themes, and choose Edit code in the menu of your theme.',
      'In layout/theme.liquid, paste the script tag before </head>, and save.',
      'For checkouts and orders, add integrations/shopify/custom-pixel.js from the project as a custom pixel under Settings → Customer events.',
    ],
    code: CART_TAG,
    guide: 'shopify',
  },
  {
    id: 'webflow',
    name: 'Webflow',
    steps: [
      'Open Site settings → Custom code, which requires a paid plan.',
      'Paste the script tag into Head code, and save.',
      'Publish the site.',
    ],
    guide: 'webflow',
  },
  {
    id: 'ghost',
    name: 'Ghost',
    steps: ['Open Settings → Code injection.', 'Paste the script tag into Site header, and save.'],
    guide: 'ghost',
  },
  {
    id: 'wix',
    name: 'Wix',
    steps: [
      'Publish the site and connect a domain. Wix runs custom code only on connected domains.',
      'Open Settings → Custom Code, click Add Custom Code, and paste the script tag.',
      'Choose All pages, Load code once and Head, and apply.',
    ],
    guide: 'wix',
  },
  {
    id: 'squarespace',
    name: 'Squarespace',
    steps: [
      'Open Website → Pages → Website Tools → Code Injection. The cheapest plan does not include it.',
      'Paste the script tag into Header, and save.',
    ],
    guide: 'squarespace',
  },
  {
    id: 'gtm',
    name: 'Google Tag Manager',
    steps: [
      'Under Templates → Tag Templates → New, import integrations/gtm/template.tpl from the project, and save.',
      'Under Tags → New, choose Footfall and Load the script, and enter the script address below.',
      'Add the trigger Initialization - All Pages, save, and submit the container.',
    ],
    code: SCRIPT_ADDRESS,
    guide: 'google-tag-manager',
  },
  {
    id: 'next',
    name: 'Next.js',
    steps: [
      'Add the package @footfall/tracker to your app.',
      'Call init in the useEffect of a client component that your root layout renders.',
    ],
    code: PACKAGE_CODE,
    guide: 'javascript-frameworks',
  },
  {
    id: 'astro',
    name: 'Astro',
    steps: [
      'Paste the script tag into the <head> of your layout, and add is:inline to it.',
      'Build and deploy the site.',
    ],
    guide: 'javascript-frameworks',
  },
] as const satisfies readonly Platform[]

export type PlatformId = (typeof PLATFORMS)[number]['id']

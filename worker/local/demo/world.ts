/** Where the demo's people live, what they hold, where they come from and what they can buy. */

/** The demo's site, on a domain that belongs to nobody. */
export const DOMAIN = 'shop.example'
export const TIMEZONE = 'Europe/Stockholm'
export const CURRENCY = 'EUR'

export interface Place {
  readonly weight: number
  readonly country: string
  readonly region: string
  readonly city: string
  readonly language: string
  /** The first half of an address, which gives no place by itself. */
  readonly network: string
}

export const PLACES: readonly Place[] = [
  { weight: 22, country: 'SE', region: 'Stockholm', city: 'Stockholm', language: 'sv-SE', network: '198.51' },
  { weight: 10, country: 'SE', region: 'Västra Götaland', city: 'Gothenburg', language: 'sv-SE', network: '198.52' },
  { weight: 14, country: 'NO', region: 'Oslo', city: 'Oslo', language: 'nb-NO', network: '198.53' },
  { weight: 6, country: 'NO', region: 'Vestland', city: 'Bergen', language: 'nb-NO', network: '198.54' },
  { weight: 9, country: 'DK', region: 'Capital Region', city: 'Copenhagen', language: 'da-DK', network: '198.55' },
  { weight: 8, country: 'FI', region: 'Uusimaa', city: 'Helsinki', language: 'fi-FI', network: '198.56' },
  { weight: 12, country: 'DE', region: 'Berlin', city: 'Berlin', language: 'de-DE', network: '198.57' },
  { weight: 7, country: 'DE', region: 'Bavaria', city: 'Munich', language: 'de-DE', network: '198.58' },
  { weight: 6, country: 'GB', region: 'Scotland', city: 'Edinburgh', language: 'en-GB', network: '198.59' },
  { weight: 4, country: 'NL', region: 'North Holland', city: 'Amsterdam', language: 'nl-NL', network: '198.60' },
  { weight: 2, country: 'US', region: 'Oregon', city: 'Portland', language: 'en-US', network: '198.61' },
]

export interface Device {
  readonly weight: number
  readonly agent: string
}

const MOZILLA = 'Mozilla/5.0'
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const IOS = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'

export const DEVICES: readonly Device[] = [
  {
    weight: 26,
    agent: `${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${IOS} Version/18.5 Mobile/15E148 Safari/604.1`,
  },
  { weight: 22, agent: `${MOZILLA} (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/139.0.0.0 Mobile Safari/537.36` },
  { weight: 20, agent: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36` },
  {
    weight: 7,
    agent: `${MOZILLA} (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0`,
  },
  { weight: 11, agent: `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) ${IOS} Version/18.5 Safari/605.1.15` },
  { weight: 6, agent: `${MOZILLA} (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0` },
  { weight: 5, agent: `${MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) ${IOS} Version/18.5 Mobile/15E148 Safari/604.1` },
]

/** What brings somebody, and how eager they come. */
export interface Source {
  readonly weight: number
  readonly referrer?: string
  /** Of the first page's address. */
  readonly query?: string
  /** How much likelier than others they buy. */
  readonly eager: number
}

export const SOURCES: readonly Source[] = [
  { weight: 30, referrer: 'https://www.google.com/', eager: 1 },
  { weight: 22, eager: 1.2 },
  { weight: 6, referrer: 'https://www.bing.com/', eager: 1 },
  { weight: 4, referrer: 'https://duckduckgo.com/', eager: 1.1 },
  {
    weight: 12,
    referrer: 'https://www.google.com/',
    query: 'utm_source=google&utm_medium=cpc&utm_campaign=winter&utm_term=trail+mug',
    eager: 1.5,
  },
  { weight: 8, query: 'utm_source=instagram&utm_medium=paid_social&utm_campaign=winter&utm_content=reel', eager: 0.6 },
  { weight: 6, referrer: 'https://www.instagram.com/', eager: 0.5 },
  { weight: 4, referrer: 'https://www.reddit.com/', eager: 0.4 },
  { weight: 9, query: 'utm_source=newsletter&utm_medium=email&utm_campaign=first-frost', eager: 2 },
  { weight: 5, referrer: 'https://hikers.example/best-mugs', eager: 1.4 },
  { weight: 3, referrer: 'https://chatgpt.com/', eager: 1.2 },
]

export interface Product {
  readonly weight: number
  readonly item_id: string
  readonly item_name: string
  readonly item_category: string
  /** Of the site's currency. */
  readonly price: number
}

export const PRODUCTS: readonly Product[] = [
  { weight: 9, item_id: 'mug', item_name: 'Trail mug', item_category: 'Kitchen', price: 18 },
  { weight: 7, item_id: 'socks', item_name: 'Wool socks', item_category: 'Clothing', price: 24 },
  { weight: 4, item_id: 'notebook', item_name: 'Field notebook', item_category: 'Paper', price: 12 },
  { weight: 3, item_id: 'compass', item_name: 'Brass compass', item_category: 'Navigation', price: 48 },
  { weight: 2, item_id: 'stove', item_name: 'Spirit stove', item_category: 'Kitchen', price: 65 },
  { weight: 2, item_id: 'blanket', item_name: 'Felt blanket', item_category: 'Camp', price: 119 },
]

/** Pages to read. */
export const STORIES: readonly string[] = [
  '/stories/layers-for-a-cold-morning',
  '/stories/a-week-on-the-ridge',
  '/stories/how-to-read-a-contour',
  '/stories/coffee-without-a-kitchen',
]

/** Features of the planner that the shop sells by subscription. */
export const FEATURES: readonly string[] = ['export', 'share', 'offline_maps', 'elevation']

/** Steps of the planner's guide. */
export const GUIDE_STEPS = 5

/** Share of a day's visits that begin in each hour of the site's day: a quiet night, a busy evening. */
export const HOURS = [2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 6, 5, 5, 5, 5, 6, 7, 8, 9, 7, 4, 3]

/** How busy the days of the week are, from Sunday on. */
export const WEEKDAYS = [1.35, 1.05, 0.95, 0.9, 0.95, 0.85, 1.1]

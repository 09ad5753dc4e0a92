import {
  AMSTERDAM,
  BERGEN,
  BERLIN,
  COPENHAGEN,
  EDINBURGH,
  GOTHENBURG,
  HELSINKI,
  LONDON,
  MUNICH,
  OSLO,
  PORTLAND,
  STOCKHOLM,
} from '../city.ts'
import type { World } from '../world.ts'

const PAID_SEARCH = 'utm_source=google&utm_medium=cpc'
const PAID_SOCIAL = 'utm_source=instagram&utm_medium=paid_social'
const EMAIL = 'utm_source=newsletter&utm_medium=email'
const GOOGLE = 'https://www.google.com/'

export const SHOP_WORLD: World = {
  host: 'shop.example',
  newVisitors: 44,
  growth: 1.28,
  cities: [
    [STOCKHOLM, 21],
    [GOTHENBURG, 10],
    [OSLO, 13],
    [BERGEN, 5],
    [COPENHAGEN, 10],
    [HELSINKI, 7],
    [BERLIN, 11],
    [MUNICH, 7],
    [LONDON, 5],
    [EDINBURGH, 4],
    [AMSTERDAM, 4],
    [PORTLAND, 3],
  ],
  devices: [
    ['mobile', 58],
    ['desktop', 37],
    ['tablet', 5],
  ],
  sources: [
    { weight: 30, referrer: GOOGLE, intent: 1 },
    { weight: 19, intent: 1.15 },
    { weight: 5, referrer: 'https://www.bing.com/', intent: 1 },
    { weight: 3, referrer: 'https://duckduckgo.com/', intent: 1.1 },
    { weight: 10, referrer: GOOGLE, query: `${PAID_SEARCH}&utm_campaign=brand&utm_term=trail+and+tin`, intent: 1.8 },
    {
      weight: 10,
      referrer: GOOGLE,
      query: `${PAID_SEARCH}&utm_campaign=camp-kitchen&utm_term=enamel+mug`,
      intent: 1.2,
    },
    {
      weight: 12,
      query: `${PAID_SOCIAL}&utm_campaign=first-frost&utm_content=reel`,
      intent: 0.75,
      active: [0, 0.55],
    },
    {
      weight: 13,
      query: `${PAID_SOCIAL}&utm_campaign=gift-guide&utm_content=carousel`,
      intent: 0.75,
      active: [0.55, 1],
    },
    { weight: 6, referrer: 'https://www.instagram.com/', intent: 0.5 },
    { weight: 3, referrer: 'https://www.facebook.com/', intent: 0.5 },
    { weight: 2, referrer: 'https://www.reddit.com/', intent: 0.4 },
    { weight: 2, referrer: 'https://www.youtube.com/', intent: 0.7 },
    { weight: 6, query: `${EMAIL}&utm_campaign=weekly-letter`, intent: 1.5 },
    { weight: 4, referrer: 'https://hikers.example/best-camping-mugs', intent: 1.3 },
    { weight: 2, referrer: 'https://chatgpt.com/', intent: 1.2 },
  ],
  // A quiet night, a lunch break, a busy evening.
  hours: [2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 7, 6, 5, 5, 5, 6, 7, 9, 10, 8, 5, 3],
  weekdays: [1.3, 1.05, 0.95, 0.92, 0.95, 0.88, 1.08],
}

export interface ShopProduct {
  readonly weight: number
  readonly item_id: string
  readonly item_name: string
  readonly item_category: string
  /** Euro. */
  readonly price: number
}

export const PRODUCTS: readonly ShopProduct[] = [
  { weight: 20, item_id: 'enamel-mug', item_name: 'Enamel mug', item_category: 'Kitchen', price: 19 },
  { weight: 15, item_id: 'wool-socks', item_name: 'Wool socks', item_category: 'Clothing', price: 26 },
  { weight: 11, item_id: 'field-notebook', item_name: 'Field notebook', item_category: 'Paper', price: 14 },
  { weight: 9, item_id: 'merino-beanie', item_name: 'Merino beanie', item_category: 'Clothing', price: 39 },
  { weight: 8, item_id: 'camp-kettle', item_name: 'Camp kettle', item_category: 'Kitchen', price: 54 },
  { weight: 7, item_id: 'brass-compass', item_name: 'Brass compass', item_category: 'Navigation', price: 48 },
  { weight: 6, item_id: 'spirit-stove', item_name: 'Spirit stove', item_category: 'Kitchen', price: 69 },
  { weight: 5, item_id: 'dry-bag', item_name: 'Dry bag 20 l', item_category: 'Bags', price: 32 },
  { weight: 4, item_id: 'day-pack', item_name: 'Canvas day pack', item_category: 'Bags', price: 128 },
  { weight: 3, item_id: 'felt-blanket', item_name: 'Felt blanket', item_category: 'Camp', price: 119 },
]

export const CATEGORIES: readonly string[] = [...new Set(PRODUCTS.map(product => product.item_category))]

export const STORIES: readonly (readonly [path: string, weight: number])[] = [
  ['/stories/layers-for-a-cold-morning', 9],
  ['/stories/a-week-on-the-ridge', 6],
  ['/stories/how-to-read-a-contour', 5],
  ['/stories/coffee-without-a-kitchen', 7],
  ['/stories/packing-for-three-days', 8],
]

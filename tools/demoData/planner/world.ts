import {
  AMSTERDAM,
  BERLIN,
  COPENHAGEN,
  DENVER,
  EDINBURGH,
  LONDON,
  MUNICH,
  OSLO,
  PORTLAND,
  STOCKHOLM,
  VANCOUVER,
  ZURICH,
} from '../city.ts'
import type { World } from '../world.ts'

const PAID_SEARCH = 'utm_source=google&utm_medium=cpc'
const GOOGLE = 'https://www.google.com/'

export const PLANNER_WORLD: World = {
  host: 'planner.example',
  newVisitors: 15,
  growth: 1.1,
  cities: [
    [LONDON, 14],
    [DENVER, 12],
    [BERLIN, 11],
    [MUNICH, 9],
    [PORTLAND, 9],
    [ZURICH, 8],
    [STOCKHOLM, 8],
    [VANCOUVER, 7],
    [OSLO, 6],
    [AMSTERDAM, 6],
    [EDINBURGH, 5],
    [COPENHAGEN, 5],
  ],
  devices: [
    ['desktop', 63],
    ['mobile', 33],
    ['tablet', 4],
  ],
  sources: [
    { weight: 31, referrer: GOOGLE, intent: 1 },
    { weight: 21, intent: 1.2 },
    { weight: 4, referrer: 'https://www.bing.com/', intent: 1 },
    { weight: 4, referrer: 'https://duckduckgo.com/', intent: 1.1 },
    {
      weight: 14,
      referrer: GOOGLE,
      query: `${PAID_SEARCH}&utm_campaign=route-planner&utm_term=hiking+route+planner`,
      intent: 1.5,
    },
    {
      weight: 12,
      referrer: GOOGLE,
      query: `${PAID_SEARCH}&utm_campaign=alternatives&utm_term=gpx+editor`,
      intent: 1.2,
      active: [0.4, 1],
    },
    {
      weight: 10,
      query: 'utm_source=linkedin&utm_medium=paid_social&utm_campaign=guides-and-schools',
      intent: 0.8,
    },
    { weight: 5, referrer: 'https://www.reddit.com/', intent: 0.7 },
    { weight: 4, referrer: 'https://news.ycombinator.com/', intent: 0.5, active: [0.3, 0.38] },
    { weight: 4, referrer: 'https://www.youtube.com/', intent: 0.9 },
    { weight: 4, referrer: 'https://hikers.example/apps', intent: 1.4 },
    { weight: 4, referrer: 'https://chatgpt.com/', intent: 1.4 },
    { weight: 4, query: 'utm_source=newsletter&utm_medium=email&utm_campaign=product-news', intent: 1.3 },
  ],
  // Used at desks by day, and in the evening before a tour.
  hours: [2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 10, 9, 8, 9, 9, 9, 8, 7, 6, 7, 8, 7, 5, 3],
  weekdays: [0.72, 1.08, 1.16, 1.18, 1.14, 0.98, 0.7],
}

export const POSTS: readonly (readonly [path: string, weight: number])[] = [
  ['/blog/plan-a-hut-to-hut-tour', 9],
  ['/blog/how-accurate-is-elevation-data', 6],
  ['/blog/sharing-routes-with-a-group', 5],
  ['/blog/offline-maps-explained', 7],
]

export const FEATURES = ['export', 'share', 'offline_maps', 'elevation_profile'] as const

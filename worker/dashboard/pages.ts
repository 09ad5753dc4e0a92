import type { Page } from './page'
import { add } from './pages/add'
import { ai } from './pages/ai'
import { cart } from './pages/cart'
import { coverage } from './pages/coverage'
import { excluded } from './pages/excluded'
import { feedback } from './pages/feedback'
import { goals } from './pages/goals'
import { growth } from './pages/growth'
import { metrics } from './pages/metrics'
import { now } from './pages/now'
import { onboarding } from './pages/onboarding'
import { overview } from './pages/overview'
import { settings } from './pages/settings'
import { sites } from './pages/sites'
import { speed } from './pages/speed'
import { tag } from './pages/tag'
import { users } from './pages/users'

const pages = [
  overview,
  cart,
  onboarding,
  users,
  growth,
  goals,
  feedback,
  speed,
  ai,
  metrics,
  now,
  settings,
  sites,
  add,
  tag,
  excluded,
  coverage,
] as const satisfies readonly Page[]

/** The id of a page. */
export type PageId = (typeof pages)[number]['id']

/** The ids of a page's panels. */
export type PanelId<Id extends PageId> = Extract<(typeof pages)[number], { id: Id }>['panels'][number]['id']

/** Every page, in the order of the navigation. A new one is an entry here and `client/pages/<id>.ts`. */
export const PAGES: readonly (Page & { readonly id: PageId })[] = pages

import type { Page } from './page'
import { add } from './pages/add'
import { cart } from './pages/cart'
import { excluded } from './pages/excluded'
import { metrics } from './pages/metrics'
import { now } from './pages/now'
import { onboarding } from './pages/onboarding'
import { overview } from './pages/overview'
import { settings } from './pages/settings'
import { tag } from './pages/tag'
import { users } from './pages/users'

/** Every page there is, in the order of the navigation. A new one is an entry here and `client/pages/<id>.ts`. */
export const PAGES: readonly Page[] = [overview, cart, onboarding, users, metrics, now, settings, add, tag, excluded]

import type { Page } from './page'
import { overview } from './pages/overview'

/** Every page there is, in the order of the navigation. A new one is an entry here and `client/pages/<id>.ts`. */
export const PAGES: readonly Page[] = [overview]

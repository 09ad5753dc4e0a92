import type { Page } from './page'
import { add } from './pages/add'
import { overview } from './pages/overview'
import { tag } from './pages/tag'

/** Every page there is, in the order of the navigation. A new one is an entry here and `client/pages/<id>.ts`. */
export const PAGES: readonly Page[] = [overview, add, tag]

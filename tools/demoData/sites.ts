import { PLANNER } from './planner/site.ts'
import { SHOP } from './shop/site.ts'
import type { DemoSite } from './site.ts'

/** The sites of the demo. The dashboard opens the first. */
export const DEMO_SITES: readonly DemoSite[] = [SHOP, PLANNER]

import type { Route } from '../route'
import { annotationsRoutes } from './annotationsRoutes'
import { backupRoutes } from './backupRoutes'
import { beaconRoutes } from './beaconRoutes'
import { changesRoutes } from './changesRoutes'
import { coverageRoutes } from './coverageRoutes'
import { doctorRoutes } from './doctorRoutes'
import { eventsRoutes } from './eventsRoutes'
import { excludedRoutes } from './excludedRoutes'
import { exportRoutes } from './exportRoutes'
import { healthRoutes } from './healthRoutes'
import { hooksRoutes } from './hooksRoutes'
import { importsRoutes } from './importsRoutes'
import { mcpRoutes } from './mcpRoutes'
import { membersRoutes } from './membersRoutes'
import { nowRoutes } from './nowRoutes'
import { peopleRoutes } from './peopleRoutes'
import { platformRoutes } from './platformRoutes'
import { queryRoutes } from './queryRoutes'
import { rejectionsRoutes } from './rejectionsRoutes'
import { reportsRoutes } from './reportsRoutes'
import { sharesRoutes } from './sharesRoutes'
import { sitesRoutes } from './sitesRoutes'

/** The routes that OpenAPI describes. */
export const apiRoutes: readonly Route[] = [
  ...healthRoutes,
  ...doctorRoutes,
  ...beaconRoutes,
  ...eventsRoutes,
  ...hooksRoutes,
  ...importsRoutes,
  ...nowRoutes,
  ...rejectionsRoutes,
  ...excludedRoutes,
  ...peopleRoutes,
  ...membersRoutes,
  ...sitesRoutes,
  ...annotationsRoutes,
  ...changesRoutes,
  ...coverageRoutes,
  ...reportsRoutes,
  ...platformRoutes,
  ...backupRoutes,
  ...exportRoutes,
  ...sharesRoutes,
  ...queryRoutes,
  ...mcpRoutes,
]

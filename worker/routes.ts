import { dashboardRoutes } from './dashboard/routes'
import { openapiRoutes } from './http/openapi/openapiRoutes'
import type { Route } from './http/route'
import { apiRoutes } from './http/routes/apiRoutes'
import { demoRoutes } from './http/routes/demoRoutes'
import { snippetRoutes } from './http/routes/snippetRoutes'

/** Every route there is. */
export const routes: readonly Route[] = [
  ...apiRoutes,
  ...openapiRoutes,
  ...snippetRoutes,
  ...dashboardRoutes,
  ...demoRoutes,
]

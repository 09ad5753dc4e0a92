import { dashboardRoutes } from './dashboard/routes'
import { openapiRoutes } from './http/openapi/openapiRoutes'
import type { Route } from './http/route'
import { apiRoutes } from './http/routes/apiRoutes'
import { demoRoutes } from './http/routes/demoRoutes'

/** Every route there is. */
export const routes: readonly Route[] = [...apiRoutes, ...openapiRoutes, ...dashboardRoutes, ...demoRoutes]

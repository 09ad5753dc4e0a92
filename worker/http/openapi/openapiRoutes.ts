import { Hono } from 'hono'
import type { HonoEnv } from '../../env'
import { openapi } from './openapi'

/** `GET /api/v1/openapi.json`. */
export const openapiRoutes = new Hono<HonoEnv>().get('/api/v1/openapi.json', c => c.json(openapi()))

import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { HonoEnv } from '../env'
import home from './home.html'

/** `GET /`: what an owner sees who opens the collector's address. */
export const homeRoutes = new Hono<HonoEnv>()
  .use('/', secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] } }))
  .get('/', c => c.html(home))

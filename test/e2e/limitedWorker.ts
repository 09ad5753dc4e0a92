import type { QueuedEvents } from '../../worker/collect/store/queuedEvents'
import type { Env } from '../../worker/env'
import worker from '../../worker/index'
import { QUERIES } from '../integration/d1Limits'
import { limitedDatabase, type Usage } from '../integration/limitedDatabase'

/** A request, and what it did with the database. */
export interface RequestUsage {
  readonly request: string
  readonly usage: Usage
}

let usages: RequestUsage[] = []

/** The Worker on the free plan of Cloudflare; `/usages` lists what requests did with its database since the last time. */
export default {
  fetch: async (request, env, context) => {
    const { pathname, search } = new URL(request.url)
    if (pathname === '/usages') {
      const listed = usages
      usages = []
      return Response.json(listed)
    }
    const { db, usage } = limitedDatabase(env.DB, { statements: QUERIES.free })
    usages.push({ request: `${request.method} ${pathname}${search}`, usage })
    return worker.fetch(request, { ...env, DB: db }, context)
  },
  scheduled: worker.scheduled,
} satisfies ExportedHandler<Env, QueuedEvents>

import type { QueuedEvents } from '../../worker/collect/store/queuedEvents'
import type { Env } from '../../worker/env'
import worker from '../../worker/index'
import { FAULTS } from '../integration/faultyDatabase'
import { unsteadyDatabase } from '../integration/unsteadyDatabase'

let isBusy = false
/** Names of the queues whose messages the consumer received while the database was overloaded. */
const refused: string[] = []

const unsteady = (env: Env): Env => ({
  ...env,
  DB: unsteadyDatabase(env.DB, () => (isBusy ? FAULTS.overloaded : null)).db,
})

/** The Worker with a database that is overloaded from `/busy` to `/calm`; `/refused` lists the queues it failed. */
export default {
  fetch: (request, env, context) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/refused') return Response.json(refused)
    if (pathname !== '/busy' && pathname !== '/calm') return worker.fetch(request, unsteady(env), context)
    isBusy = pathname === '/busy'
    return new Response()
  },
  queue: async (batch, env) => {
    if (isBusy) refused.push(batch.queue)
    await worker.queue(batch, unsteady(env))
  },
} satisfies ExportedHandler<Env, QueuedEvents>

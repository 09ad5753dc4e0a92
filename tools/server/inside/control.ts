import { applyPending, type Migration } from '../applyPending'

interface Env {
  readonly DB: D1Database
  /** A handler that bindings have only with a flag, so that the types of Workers lack it. */
  readonly COLLECTOR: { scheduled(options: object): Promise<{ outcome: string }> }
  /** Only the process that started workerd knows it. */
  readonly SECRET: string
}

const perform = async (path: string, request: Request, { DB, COLLECTOR }: Env): Promise<unknown> => {
  if (path === '/migrate') return applyPending(DB, await request.json<Migration[]>())
  return COLLECTOR.scheduled({})
}

/** Lets the server migrate the database and run the collector's scheduled handler. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.headers.get('authorization') !== `Bearer ${env.SECRET}`)
      return new Response('Forbidden', { status: 403 })
    try {
      return Response.json(await perform(new URL(request.url).pathname, request, env))
    } catch (error) {
      return new Response(error instanceof Error ? error.message : String(error), { status: 500 })
    }
  },
}

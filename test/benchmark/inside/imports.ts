import worker from '../../../worker'
import { runCron } from '../../../worker/cron'
import { openDirectory } from '../../../worker/directory'
import type { Env } from '../../../worker/env'
import { benchSite, DOMAIN } from './site'
import { timed } from './timed'

/** One call of the events API, as a server makes it. */
export const importEvents = async (env: Env, lines: string): Promise<{ ms: number }> => {
  await benchSite(env.DB)
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext
  const request = new Request(`https://stats.example/api/v1/events?site=${DOMAIN}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/x-ndjson' },
    body: lines,
  })
  const { result, ms } = await timed(async () => {
    const response = await worker.fetch(request, env, context)
    return { status: response.status, answer: await response.json<{ accepted: number }>() }
  })
  const count = lines.split('\n').length
  if (result.answer.accepted !== count) throw new Error(`of ${count} events: ${JSON.stringify(result)}`)
  return { ms }
}

/** The next cron run. */
export const measureCron = async ({ DB }: Env, now: number): Promise<{ ms: number }> => ({
  ms: (await timed(() => runCron(openDirectory({ DB }), now))).ms,
})

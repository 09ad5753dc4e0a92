import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../worker/index'
import type { CloudflarePlan } from '../../worker/storage/statementBudget'
import { QUERIES } from './d1Limits'
import { type InvocationLimits, limitedDatabase, type Usage } from './limitedDatabase'

/** An answer of the Worker, and what it took. */
export interface Invocation {
  readonly status: number
  readonly body: string
  readonly usage: Usage
}

/** Without the counters of clients: what is tested here is the database. */
const { BEACONS: _beacons, CALLS: _calls, ...bindings } = env

/** Requests the Worker, whose database refuses what D1 refuses, as one invocation with these limits. */
export const request = async (
  path: string,
  init: RequestInit,
  limits: Partial<InvocationLimits> = {},
): Promise<Invocation> => {
  const { db, usage } = limitedDatabase(env.DB, limits)
  const context = createExecutionContext()
  const asked = new Request(`https://stats.example${path}`, init as RequestInit<IncomingRequestCfProperties>)
  const response = await worker.fetch(asked, { ...bindings, DB: db }, context)
  // workerd warns about .text() on content types of its own choice.
  const body = new TextDecoder().decode(await response.arrayBuffer())
  await waitOnExecutionContext(context)
  return { status: response.status, body, usage }
}

/**
 * Runs the cron as one invocation.
 * @param plan whose limit of queries holds for each statement
 */
export const runCron = async (plan: CloudflarePlan): Promise<Usage> => {
  const { db, usage } = limitedDatabase(env.DB, plan === 'none' ? {} : { statements: QUERIES[plan] })
  const controller = createScheduledController({ scheduledTime: Date.now(), cron: '*/5 * * * *' })
  await worker.scheduled(controller, { ...bindings, DB: db, PLAN: plan })
  return usage
}

import { METRICS } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import type { Database } from '../../storage/database'
import type { SiteConfig } from '../../storage/siteConfig'
import availabilityUpsert from '../../storage/sql/availability.upsert.sql'
import type { StatementBudget } from '../../storage/statementBudget'
import { FAILED } from '../finish/readMetric'
import { type AnswerQueries, findReasons } from './findReasons'
import { isStillTrue } from './isStillTrue'
import { metricInput } from './metricInput'
import type { MetricState, StoredStates } from './metricState'
import { readSiteInput, type SiteInput } from './siteInput'

/** Metrics of one step of the cron. Beacons wait while a step runs, and it must fit into the memory of an isolate. */
const STEP_METRICS = 8
/** The most statements of one step. */
const STEP_STATEMENTS = 40
/** Milliseconds after which a run of the cron leaves the rest to the next one. */
const LONGEST_RUN = 10_000

/** A site, and how to answer queries about it. */
export interface AvailabilityContext {
  readonly db: Database
  readonly site: SiteConfig
  /** Epoch milliseconds. */
  readonly now: number
  readonly answerQueries: AnswerQueries
}

/** The metrics whose stored state is missing or may no longer hold. */
const outdatedMetrics = (site: SiteConfig, input: SiteInput, stored: StoredStates): Metric[] =>
  METRICS.filter(metric => !isStillTrue(stored[metric.id], metricInput(metric, site, input), input.day))

/**
 * By metric, why a site has no value for it; `null` if it has one. Computes only metrics whose stored state does not
 * hold: on a site's first day, all of them.
 */
export const readAvailability = async (context: AvailabilityContext): Promise<ReadonlyMap<string, string | null>> => {
  const { db, site, now, answerQueries } = context
  const { input, stored } = await readSiteInput(db, site, now)
  const outdated = outdatedMetrics(site, input, stored)
  const found = await findReasons(answerQueries, site, outdated)
  return new Map(METRICS.map(({ id }) => [id, (found.get(id) ?? stored[id])?.reason ?? null]))
}

/** Computes the states of some metrics and stores them, except those of metrics that failed. */
const updateStates = async (
  { db, site, answerQueries }: AvailabilityContext,
  input: SiteInput,
  stored: StoredStates,
  metrics: readonly Metric[],
): Promise<StoredStates> => {
  const reasons = await findReasons(answerQueries, site, metrics)
  const found = metrics.flatMap((metric): [string, MetricState][] => {
    const { reason = null, status = FAILED.status } = reasons.get(metric.id) ?? {}
    const { settings, data } = metricInput(metric, site, input)
    const isPending = status === 'pending'
    return status === FAILED.status ? [] : [[metric.id, { reason, isPending, settings, data, day: input.day }]]
  })
  const states = { ...stored, ...Object.fromEntries(found) }
  await db.all(availabilityUpsert, site.id, JSON.stringify(states))
  return states
}

/** Computes outdated states again, some metrics at a time, as far as the budget allows. */
export const updateAvailability = async (context: AvailabilityContext, budget: StatementBudget): Promise<void> => {
  const { db, site, now } = context
  if (!budget.hasRoomFor(STEP_STATEMENTS)) return
  const { input, stored } = await readSiteInput(db, site, now)
  // On a site's first day states would not hold for long.
  const metrics = input.isEmpty || input.day === 0 ? [] : outdatedMetrics(site, input, stored)
  const began = Date.now()
  let states = stored
  for (let first = 0; first < metrics.length; first += STEP_METRICS) {
    if (Date.now() - began > LONGEST_RUN || !budget.hasRoomFor(STEP_STATEMENTS)) return
    states = await updateStates(context, input, states, metrics.slice(first, first + STEP_METRICS))
  }
}

import { METRICS } from '../../metrics/definitions'
import type { Metric } from '../../metrics/metric'
import type { Database } from '../../storage/database'
import type { SiteConfig } from '../../storage/siteConfig'
import availabilityUpsert from '../../storage/sql/availability.upsert.sql'
import type { StatementBudget } from '../../storage/statementBudget'
import { FAILED } from '../finish/readMetric'
import { type Ask, askReasons } from './askReasons'
import { isStillTrue } from './isStillTrue'
import { metricInput } from './metricInput'
import type { KeptStates, MetricState } from './metricState'
import { readSiteInput, type SiteInput } from './siteInput'

/** Metrics of one step of the cron: few enough for the memory of an isolate on a busy site. */
const STEP_METRICS = 24
/** Statements of such a step. */
const STEP_STATEMENTS = 40
/** Milliseconds of one run of the cron, after which the next one continues. */
const LONGEST_RUN = 10_000

/** A site, and who answers queries about it. */
export interface Asking {
  readonly db: Database
  readonly site: SiteConfig
  /** Epoch milliseconds. */
  readonly now: number
  readonly ask: Ask
}

/** The metrics whose kept state may no longer be true. */
const doubtful = (site: SiteConfig, input: SiteInput, kept: KeptStates, day: number): Metric[] =>
  METRICS.filter(metric => !isStillTrue(kept[metric.id], metricInput(metric, site, input), day))

/**
 * Why each metric of a site has no value, `null` if it has one. Only metrics of which the cron has not kept it are asked;
 * until the first day is over that includes each one that may get a value at any time.
 */
export const readAvailability = async ({ db, site, now, ask }: Asking): Promise<ReadonlyMap<string, string | null>> => {
  const { input, kept } = await readSiteInput(db, site, now)
  const asked = await askReasons(ask, site, doubtful(site, input, kept, Math.max(1, input.day)))
  return new Map(METRICS.map(({ id }) => [id, (asked.get(id) ?? kept[id])?.reason ?? null]))
}

/** Asks metrics and keeps what was found. Of one that could not be computed nothing is kept. */
const keep = async (
  { db, site, ask }: Asking,
  input: SiteInput,
  kept: KeptStates,
  metrics: readonly Metric[],
): Promise<KeptStates> => {
  const asked = await askReasons(ask, site, metrics)
  const found = metrics.flatMap((metric): [string, MetricState][] => {
    const { reason = null, status = FAILED.status } = asked.get(metric.id) ?? {}
    const { settings, data } = metricInput(metric, site, input)
    const isPending = status === 'pending'
    return status === FAILED.status ? [] : [[metric.id, { reason, isPending, settings, data, day: input.day }]]
  })
  const states = { ...kept, ...Object.fromEntries(found) }
  await db.all(availabilityUpsert, site.id, JSON.stringify(states))
  return states
}

/** Keeps why metrics have no value, a few at a time. */
export const keepAvailability = async (asking: Asking, budget: StatementBudget): Promise<void> => {
  const { db, site, now } = asking
  if (!budget.hasRoomFor(STEP_STATEMENTS)) return
  const { input, kept } = await readSiteInput(db, site, now)
  const metrics = input.isEmpty ? [] : doubtful(site, input, kept, input.day)
  const began = Date.now()
  let states = kept
  for (let first = 0; first < metrics.length; first += STEP_METRICS) {
    if (Date.now() - began > LONGEST_RUN || !budget.hasRoomFor(STEP_STATEMENTS)) return
    states = await keep(asking, input, states, metrics.slice(first, first + STEP_METRICS))
  }
}

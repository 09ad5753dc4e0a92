import type { Answer } from '../../shared/question'
import type { Database } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import { compile, type SegmentStatement } from './compile/compile'
import { BatchedReads } from './execute/batchedReads'
import { CountedReads } from './execute/countedReads'
import { type Execution, execute } from './execute/execute'
import { finish, type QueryTotals } from './finish/finish'
import { mergePeriod } from './merge/mergePeriod'
import type { Query } from './parse/query'
import type { LiveDelta } from './plan/liveDelta'
import { plan, type QueryPlan, segmentsOf } from './plan/plan'
import { readMoment } from './plan/readMoment'
import { readQueryContexts } from './plan/readQueryContexts'
import { readVersion } from './plan/readVersion'

/** How often queries are answered anew because sessions were settled meanwhile. */
const MOST_TRIES = 5

/** With more unfinished sessions than this, one statement can take a tenth of a second. */
const MANY_SESSIONS = 2_000

/** Every step of the way from queries to their answers. */
export interface AnswerSteps {
  readonly plans: readonly QueryPlan[]
  readonly statements: readonly SegmentStatement[]
  readonly execution: Execution
  readonly totals: readonly QueryTotals[]
  /** An answer each, or why there is none. */
  readonly answers: PromiseSettledResult<Answer>[]
}

const totalsOf = ({ current, previous, whole }: QueryPlan, execution: Execution): QueryTotals => ({
  current: mergePeriod(current, execution),
  previous: previous && mergePeriod(previous, execution),
  whole: whole && mergePeriod(whole, execution),
})

/** The data of a site, and the time at which queries are answered. */
export interface Answering {
  readonly db: Database
  readonly site: SiteConfig
  /** Epoch milliseconds. */
  readonly now: number
  /** Called anew when sessions were settled between it and the answers. */
  readonly readDelta: () => Promise<LiveDelta>
}

/** Takes all steps at one moment; `null` when sessions were settled before the last of them. */
const tryAnswers = async (
  { db, site, now, readDelta }: Answering,
  queries: readonly Query[],
): Promise<AnswerSteps | null> => {
  const batched = new BatchedReads(db)
  const reads = queries.map(() => new CountedReads(batched))
  // Reads that several queries share happen once and count towards the first.
  const shared = reads[0] as CountedReads
  // The state shares a round trip with what queries read first: nothing they read is older.
  const [moment, contexts] = await Promise.all([
    readMoment(shared, site, now, readDelta),
    readQueryContexts(reads, queries, site, now),
  ])
  if (moment === null) return null
  if (moment.delta.added.length > MANY_SESSIONS) batched.sendOneByOne()
  const plans = contexts.map((context, index) => plan(queries[index] as Query, context, moment))
  const segments = plans.flatMap(segmentsOf)
  const statements = compile(segments)
  const [execution, version] = await Promise.all([execute(shared, segments, statements), readVersion(shared, site)])
  const latest = execution.rounds > 1 ? await readVersion(new CountedReads(new BatchedReads(db)), site) : version
  if (latest !== moment.state.version) return null
  const totals = plans.map(one => totalsOf(one, execution))
  const costOf = (index: number) => ({
    rows_read: (reads[index] as CountedReads).rowsRead,
    duration_ms: Date.now() - now,
  })
  const answers = await Promise.allSettled(
    plans.map(async (one, index) => finish(site, one, totals[index] as QueryTotals, costOf(index))),
  )
  return { plans, statements, execution, totals, answers }
}

/** Answers queries, of which there is at least one, and gives every step on the way. */
export const answerSteps = async (answering: Answering, queries: readonly Query[]): Promise<AnswerSteps> => {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const steps = await tryAnswers(answering, queries)
    if (steps) return steps
  }
  throw new Error('sessions were settled again and again while queries were answered')
}

/**
 * Answers queries. A metric whose statement fails is named in the warnings beside the others; a query none of whose
 * metrics has an answer fails alone.
 */
export const answers = async (
  answering: Answering,
  queries: readonly Query[],
): Promise<PromiseSettledResult<Answer>[]> =>
  queries.length === 0 ? [] : (await answerSteps(answering, queries)).answers

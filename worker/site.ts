import type { ImportTarget } from '../shared/imports'
import type { Answer } from '../shared/question'
import { answeringOf, answerQueries } from './answerQueries'
import type { ExcludedTraffic } from './collect/filter/excludedTraffic'
import type { IncomingEvent } from './collect/parse/incomingEvent'
import { keepExcluded } from './collect/store/keepExcluded'
import type { QueuedEvents } from './collect/store/queuedEvents'
import { storeEvents } from './collect/store/storeEvents'
import { storeOrQueue } from './collect/store/storeOrQueue'
import type { EventWarning } from './collect/validate/validateRefunds'
import { excludesSessions } from './collect/verdicts/applyToSessions'
import { applyVerdicts } from './collect/verdicts/applyVerdicts'
import { excludeSessions } from './collect/verdicts/excludeSessions'
import type { AppliedVerdicts, VerdictCursor } from './collect/verdicts/verdictCursor'
import { exportDays } from './exports/exportDays'
import { type ExportBatch, exportRows } from './exports/exportRows'
import { type ExportRequest, type ExportSpan, exportSpan } from './exports/exportSpan'
import type { ExportTable } from './exports/exportTable'
import { Problem } from './lib/problem'
import type { Range } from './lib/timeRange'
import { type ErasedCounts, erasePerson } from './privacy/erasePerson'
import { exportPerson } from './privacy/exportPerson'
import { type AvailabilityContext, readAvailability, updateAvailability } from './query/available/availability'
import type { Query } from './query/parse/query'
import { queryKey } from './query/parse/queryKey'
import { buildDayPeople } from './rollups/buildDayPeople'
import { buildDays } from './rollups/buildDays'
import { buildToday } from './rollups/buildToday'
import { deleteExpiredEvents } from './rollups/deleteExpiredEvents'
import { rolledUpUntil } from './rollups/rolledUpUntil'
import { unbuiltHours } from './rollups/unbuiltHours'
import { isNearlySettled, type SessionChanges, settle } from './sessions/settle'
import { type AlarmState, listAlarmStates, storeAlarmState, viewsOfHours } from './storage/alarmStates'
import { type BackupCursor, type BackupPart, readPart } from './storage/backup/backupPart'
import { writeBackup } from './storage/backup/writeBackup'
import type { CachedDatabase } from './storage/cachedDatabase'
import { lastQuotaOutage } from './storage/cronRuns'
import { daysOfBytes, lastDayOfBytes } from './storage/dailyBytes'
import {
  claimDelivery,
  type Delivery,
  type DeliveryKey,
  deliveriesOf,
  finishDelivery,
  listDeliveries,
} from './storage/deliveries'
import { type EdgeFetch, readEdgeFetch, storeEdgeFetch } from './storage/edgeFetch'
import type { FileBudget } from './storage/fileBudget'
import { hasFewFacts } from './storage/hasFewFacts'
import type { ImportRow } from './storage/importRow'
import { IMPORT_STORES } from './storage/importStores'
import { type ExcludedGroup, listExcluded } from './storage/listExcluded'
import { type RecentActivity, readRecentActivity } from './storage/recentActivity'
import { countRejections, listRejections, type Rejections } from './storage/rejections'
import type { SiteConfig } from './storage/siteConfig'
import { type StatementBudget, UNLIMITED } from './storage/statementBudget'

export interface IngestOptions {
  /** Takes the events while the database is too busy for them. */
  readonly queue?: Queue<QueuedEvents> | undefined
  /** Stores the other events when one is rejected. Without it, one rejected event rejects all. */
  readonly isPartial?: boolean
}

/** What became of events; a position is an event's index among those ingested. */
export interface IngestResult {
  readonly duplicates: number
  readonly rejected: readonly { readonly position: number; readonly problem: Problem }[]
  readonly warnings: readonly { readonly position: number; readonly warning: EventWarning }[]
}

/** Everything that can be done with one site. Routes and the cron know no other way to its data. */
export interface SiteEngine {
  readonly config: SiteConfig
  /** @throws Problem `refund_too_large`, unless `isPartial` */
  ingest(events: readonly IncomingEvent[], options?: IngestOptions): Promise<IngestResult>
  /** Seconds until the site takes bytes from browsers again, 0 while it does. */
  secondsUntilBytes(): number
  /** Counts bytes that browsers sent. */
  addBytes(count: number): null | Promise<void>
  /** Counts events that were rejected or excluded, by reason. */
  countRejected(reasons: readonly string[]): Promise<void>
  /** Keeps traffic apart that is no person's, and counts it. */
  keepExcluded(traffic: ExcludedTraffic): Promise<void>
  /** Excluded traffic from one UTC day to another, both included. */
  excludedTraffic(firstDay: number, lastDay: number): Promise<ExcludedGroup[]>
  /** Applies the settings to past traffic, a step at a time: the first without a cursor. */
  applyVerdicts(cursor: VerdictCursor | null): Promise<AppliedVerdicts>
  /** From one UTC day to another, both included. */
  rejections(firstDay: number, lastDay: number): Promise<Rejections[]>
  /** @returns how many rows took the place of one with the same day and key */
  importRows(target: ImportTarget, rows: readonly ImportRow[]): Promise<number>
  /** Answers queries from one state of the data; a query that fails does not take the others along. */
  query(queries: readonly Query[], now: number): Promise<PromiseSettledResult<Answer>[]>
  /** By metric, why it has no value; `null` if it has one. */
  availability(now: number): Promise<ReadonlyMap<string, string | null>>
  live(now: number): Promise<RecentActivity>
  /** What one answer of an export holds. */
  exportSpan(table: ExportTable, request: ExportRequest, now: number): Promise<ExportSpan>
  /** Reads the rows of a span as they are asked for. */
  exportRows(table: ExportTable, span: ExportSpan, now: number): AsyncIterable<ExportBatch>
  exportUser(userId: string, now: number): ReturnType<typeof exportPerson>
  eraseUser(userId: string, now: number): Promise<ErasedCounts>
  backup(cursor: BackupCursor): Promise<BackupPart>
  /** The last UTC day on which bytes from browsers were counted. */
  lastDayOfBytes(): ReturnType<typeof lastDayOfBytes>
  /** Reports and alarms that were sent, newest first. */
  deliveries(): Promise<Delivery[]>
  /** How far the site has got with fetching what Cloudflare served. */
  edgeFetch(): Promise<EdgeFetch>
  /** Whether the site has at most a number of page views and events in a range. */
  hasFewFacts(range: Pick<Range, 'from' | 'to'>, most: number): Promise<boolean>
}

/** Fewer rows are read again each time, however busy the machine is: an event shows at once. */
const MANY_ROWS = 10_000

/** Whether answers may serve for others, as they are complete and cost much. */
const isShared = (answers: readonly PromiseSettledResult<Answer>[]): boolean => {
  let rows = 0
  for (const answer of answers) {
    if (answer.status === 'rejected') return false
    rows += answer.value.meta.rows_read
  }
  return rows >= MANY_ROWS
}

/** A site in a database. It holds no state of its own, so each request makes one. */
export class Site implements SiteEngine {
  readonly config: SiteConfig
  readonly #db: CachedDatabase
  readonly #directory: CachedDatabase

  /** @param directory the database that counts the bytes of sites, if it is another one */
  constructor(db: CachedDatabase, config: SiteConfig, directory = db) {
    this.#db = db
    this.#directory = directory
    this.config = config
  }

  async ingest(
    events: readonly IncomingEvent[],
    { queue, isPartial = false }: IngestOptions = {},
  ): Promise<IngestResult> {
    const rejected: { position: number; problem: Problem }[] = []
    const warnings: { position: number; warning: EventWarning }[] = []
    const result = { duplicates: 0, rejected, warnings }
    if (events.every(({ recordId }) => recordId !== null)) {
      await storeOrQueue(this.#db, queue, this.config, events)
      return result
    }
    const repeats = await storeEvents(
      this.#db,
      this.config,
      events,
      (position, problem) => {
        if (!isPartial) throw problem
        rejected.push({ position, problem })
      },
      (position, warning) => warnings.push({ position, warning }),
    )
    return { ...result, duplicates: repeats.filter(Boolean).length }
  }

  secondsUntilBytes(): number {
    return this.#db.caches.dailyBytes.secondsUntilBytes(this.config)
  }

  addBytes(count: number): null | Promise<void> {
    return this.#db.caches.dailyBytes.add(this.#db, this.config, count)
  }

  countRejected(reasons: readonly string[]): Promise<void> {
    return countRejections(this.#db, this.config.id, reasons)
  }

  keepExcluded(traffic: ExcludedTraffic): Promise<void> {
    return keepExcluded(this.#db, this.config, traffic)
  }

  excludedTraffic(firstDay: number, lastDay: number): Promise<ExcludedGroup[]> {
    return listExcluded(this.#db, this.config.id, firstDay, lastDay)
  }

  async applyVerdicts(cursor: VerdictCursor | null): Promise<AppliedVerdicts> {
    const applied = await applyVerdicts(this.#db, this.config, cursor)
    this.#db.caches.answers.clear()
    return applied
  }

  rejections(firstDay: number, lastDay: number): Promise<Rejections[]> {
    return listRejections(this.#db, this.config.id, firstDay, lastDay)
  }

  async importRows(target: ImportTarget, rows: readonly ImportRow[]): Promise<number> {
    const replaced = await IMPORT_STORES[target.table](this.#db, this.config.id, target, rows)
    this.#db.caches.sites.delete(this.config.domain)
    return replaced
  }

  query(queries: readonly Query[], now: number): Promise<PromiseSettledResult<Answer>[]> {
    const key = JSON.stringify([this.config, queries.map(queryKey)])
    return this.#db.caches.answers.get(key, () => answerQueries(this.#db, this.config, queries, now), isShared)
  }

  availability(now: number): Promise<ReadonlyMap<string, string | null>> {
    return readAvailability(this.#availabilityContext(now))
  }

  #availabilityContext(now: number): AvailabilityContext {
    const answerAll = async (queries: readonly Query[]): Promise<Answer[]> =>
      (await answerQueries(this.#db, this.config, queries, now)).map(result => {
        if (result.status === 'rejected') throw result.reason
        return result.value
      })
    return { db: this.#db, site: this.config, now, answerQueries: answerAll }
  }

  live(now: number): Promise<RecentActivity> {
    return readRecentActivity(this.#db, this.config.id, now)
  }

  /** Brings sessions up to date, as far as the budget allows. */
  settle(now: number, budget = UNLIMITED): Promise<SessionChanges[]> {
    return settle(this.#db, this.config.id, now, budget)
  }

  /**
   * Excludes sessions of days that are about to get rollups, where the settings exclude any as a whole.
   * @returns what it changed; `null` if sessions are left to judge
   */
  async #judgeSessions(now: number, budget: StatementBudget): Promise<SessionChanges[] | null> {
    const hours = excludesSessions(this.config.settings) ? await unbuiltHours(this.#db, this.config) : null
    if (hours === null) return []
    const { pageViews, isFinished } = await excludeSessions(this.#db, this.config, hours, budget)
    const changes = pageViews > 0 ? await this.settle(now, budget) : []
    return isFinished ? changes : null
  }

  /**
   * Brings rollups up to date and deletes expired events, once sessions are settled, as far as the budget allows.
   * @param changes what `settle` returned
   */
  async buildRollups(now: number, changes: readonly SessionChanges[], budget = UNLIMITED): Promise<void> {
    const judged = await this.#judgeSessions(now, budget)
    // A day is built once its sessions are judged, so that it need not be built twice.
    if (judged) await buildDays(this.#db, this.config, now, budget)
    await buildDayPeople(this.#db, this.config, budget)
    await deleteExpiredEvents(this.#db, this.config, now, budget)
    await buildToday(this.#db, this.config, now, [...changes, ...(judged ?? [])], { budget })
    await updateAvailability(this.#availabilityContext(now), budget)
  }

  /** @throws Problem `not_settled` where settling may take more statements than one request may run */
  async exportSpan(table: ExportTable, request: ExportRequest, now: number): Promise<ExportSpan> {
    if (request.most !== null && !(await isNearlySettled(this.#db, this.config.id, now))) {
      const message = 'Sessions of this site are still being computed: repeat the export in a few minutes.'
      throw new Problem(503, 'not_settled', message)
    }
    return exportSpan(this.#db, this.config, table, request, now)
  }

  exportRows(table: ExportTable, span: ExportSpan, now: number): AsyncIterable<ExportBatch> {
    return exportRows(answeringOf(this.#db, this.config, now), table, span)
  }

  /**
   * Writes finished days to a bucket, as far as the budget allows.
   * @returns whether the next run has more to do
   */
  exportDays(bucket: R2Bucket, now: number, budget: FileBudget): Promise<boolean> {
    return exportDays(bucket, { db: this.#db, site: this.config, now }, budget)
  }

  /**
   * Writes a backup to a bucket once a day, as far as the budget allows.
   * @returns whether the next run has more to do
   */
  writeBackup(bucket: R2Bucket, keep: number, now: number, budget: FileBudget): Promise<boolean> {
    const job = { bucket, site: this.config, read: (cursor: BackupCursor) => this.backup(cursor), keep }
    return writeBackup(job, now, budget)
  }

  exportUser(userId: string, now: number): ReturnType<typeof exportPerson> {
    return exportPerson(this.#db, this.config, userId, now)
  }

  async eraseUser(userId: string, now: number): Promise<ErasedCounts> {
    const counts = await erasePerson(this.#db, this.config, userId, now)
    this.#db.caches.answers.clear()
    return counts
  }

  backup(cursor: BackupCursor): Promise<BackupPart> {
    return readPart(this.#db, this.config.id, cursor)
  }

  lastDayOfBytes(): ReturnType<typeof lastDayOfBytes> {
    return lastDayOfBytes(this.#directory, this.config.id)
  }

  deliveries(): Promise<Delivery[]> {
    return listDeliveries(this.#db, this.config.id)
  }

  deliveriesOf(subject: string): Promise<Delivery[]> {
    return deliveriesOf(this.#db, this.config.id, subject)
  }

  hasFewFacts(range: Pick<Range, 'from' | 'to'>, most: number): Promise<boolean> {
    return hasFewFacts(this.#db, this.config.id, range, most)
  }

  edgeFetch(): Promise<EdgeFetch> {
    return readEdgeFetch(this.#db, this.config.id)
  }

  storeEdgeFetch(state: EdgeFetch): Promise<void> {
    return storeEdgeFetch(this.#db, this.config.id, state)
  }

  alarmStates(): Promise<AlarmState[]> {
    return listAlarmStates(this.#db, this.config.id)
  }

  storeAlarmState(state: AlarmState): Promise<void> {
    return storeAlarmState(this.#db, this.config.id, state)
  }

  viewsOfHours(hours: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return viewsOfHours(this.#db, this.config.id, hours)
  }

  daysOfBytes(): ReturnType<typeof daysOfBytes> {
    return daysOfBytes(this.#directory, this.config.id)
  }

  lastQuotaOutage(after: number): Promise<number | null> {
    return lastQuotaOutage(this.#directory, after)
  }

  rolledUpUntil(): Promise<number> {
    return rolledUpUntil(this.#db, this.config.id)
  }

  claimDelivery(key: DeliveryKey, isRepeatable: boolean, now: number): Promise<boolean> {
    return claimDelivery(this.#db, this.config.id, key, isRepeatable, now)
  }

  finishDelivery(key: DeliveryKey, problem: string | null, now: number): Promise<void> {
    return finishDelivery(this.#db, this.config.id, key, problem, now)
  }
}

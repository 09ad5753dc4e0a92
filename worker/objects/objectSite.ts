import type { ImportTarget } from '../../shared/imports'
import type { Answer } from '../../shared/question'
import type { ExcludedTraffic } from '../collect/filter/excludedTraffic'
import type { IncomingEvent } from '../collect/parse/incomingEvent'
import type { AppliedVerdicts, VerdictCursor } from '../collect/verdicts/verdictCursor'
import type { ExportBatch } from '../exports/exportRows'
import type { ExportRequest, ExportSpan } from '../exports/exportSpan'
import type { ExportTable } from '../exports/exportTable'
import { linesIn } from '../lib/linesIn'
import type { Problem } from '../lib/problem'
import type { Range } from '../lib/timeRange'
import type { ErasedCounts } from '../privacy/erasePerson'
import type { exportPerson } from '../privacy/exportPerson'
import type { Query } from '../query/parse/query'
import type { IngestOptions, IngestResult, SiteEngine } from '../site'
import type { BackupCursor, BackupPart, BackupSection } from '../storage/backup/backupPart'
import type { PartOptions, Restore } from '../storage/backup/backupRestore'
import type { CachedDatabase } from '../storage/cachedDatabase'
import { lastDayOfBytes } from '../storage/dailyBytes'
import type { Delivery } from '../storage/deliveries'
import type { EdgeFetch } from '../storage/edgeFetch'
import { extendImported } from '../storage/extendImported'
import { importedSpan } from '../storage/importedSpan'
import type { ImportRow } from '../storage/importRow'
import type { ExcludedGroup } from '../storage/listExcluded'
import type { RecentActivity } from '../storage/recentActivity'
import type { Rejections } from '../storage/rejections'
import { repeatPassing } from '../storage/repeatPassing'
import type { SiteConfig } from '../storage/siteConfig'
import type { Kept } from '../storage/sites'
import { pack, unpack } from './packed'
import { errorOf } from './plainError'
import { plainEvent } from './plainEvent'
import type { CallOutcome, ExportCall, PartCall, RemoteSite, SiteCall } from './remoteSite'
import type { PlainAnswer, SiteCallArguments, SiteCallName, SiteCallResult } from './siteCalls'

const settledAnswer = (plain: PlainAnswer): PromiseSettledResult<Answer> =>
  'answer' in plain
    ? { status: 'fulfilled', value: plain.answer }
    : { status: 'rejected', reason: errorOf(plain.error) }

const resultOf = <Result>(outcome: CallOutcome<Result>): Result => {
  if ('error' in outcome) throw errorOf(outcome.error)
  return outcome.result
}

/** A site whose events are in an object of its own. The directory counts its bytes of a day: beyond their limit no call is made. */
export class ObjectSite implements SiteEngine {
  readonly config: SiteConfig
  readonly #directory: CachedDatabase
  readonly #remote: () => RemoteSite

  /** @param remote the object; each try takes a new one, as one that failed stays broken */
  constructor(directory: CachedDatabase, remote: () => RemoteSite, config: SiteConfig) {
    this.#directory = directory
    this.#remote = remote
    this.config = config
  }

  async #callOnce<Name extends SiteCallName>(
    name: Name,
    ...values: SiteCallArguments<Name>
  ): Promise<SiteCallResult<Name>> {
    const call: SiteCall<Name> = { config: this.config, name, values }
    return resultOf(await unpack<CallOutcome<SiteCallResult<Name>>>(await this.#remote().call(pack(call))))
  }

  #call<Name extends SiteCallName>(name: Name, ...values: SiteCallArguments<Name>): Promise<SiteCallResult<Name>> {
    return repeatPassing(() => this.#callOnce(name, ...values))
  }

  /** Objects have no queue: the answer of one that is too busy is 503. */
  async ingest(events: readonly IncomingEvent[], { isPartial = false }: IngestOptions = {}): Promise<IngestResult> {
    const { duplicates, rejected, warnings } = await this.#call('ingest', events.map(plainEvent), isPartial)
    const problems = rejected.map(({ position, error }) => ({ position, problem: errorOf(error) as Problem }))
    return { duplicates, rejected: problems, warnings }
  }

  secondsUntilBytes(): number {
    return this.#directory.caches.dailyBytes.secondsUntilBytes(this.config)
  }

  addBytes(count: number): null | Promise<void> {
    return this.#directory.caches.dailyBytes.add(this.#directory, this.config, count)
  }

  /** Once: a repetition could count twice. */
  async countRejected(reasons: readonly string[]): Promise<void> {
    await this.#callOnce('countRejected', reasons)
  }

  /** Once: a repetition could count twice. */
  async keepExcluded(traffic: ExcludedTraffic): Promise<void> {
    await this.#callOnce('keepExcluded', { ...traffic, events: traffic.events.map(plainEvent) })
  }

  excludedTraffic(firstDay: number, lastDay: number): Promise<ExcludedGroup[]> {
    return this.#call('excludedTraffic', firstDay, lastDay)
  }

  applyVerdicts(cursor: VerdictCursor | null): Promise<AppliedVerdicts> {
    return this.#call('applyVerdicts', cursor)
  }

  rejections(firstDay: number, lastDay: number): Promise<Rejections[]> {
    return this.#call('rejections', firstDay, lastDay)
  }

  /** The directory knows with the site whether it has imported days. */
  async importRows(target: ImportTarget, rows: readonly ImportRow[]): Promise<number> {
    const replaced = await this.#call('importRows', target, rows)
    if (rows.length > 0 && target.table === 'imported_days') {
      await extendImported(this.#directory, this.config.id, importedSpan(rows, target.source))
      this.#directory.caches.sites.delete(this.config.domain)
    }
    return replaced
  }

  async query(queries: readonly Query[], now: number): Promise<PromiseSettledResult<Answer>[]> {
    const questions = queries.map(({ question }) => question)
    return (await this.#call('query', questions, now)).map(settledAnswer)
  }

  async availability(now: number): Promise<ReadonlyMap<string, string | null>> {
    return new Map(await this.#call('availability', now))
  }

  live(now: number): Promise<RecentActivity> {
    return this.#call('live', now)
  }

  exportSpan({ name }: ExportTable, request: ExportRequest, now: number): Promise<ExportSpan> {
    return this.#call('exportSpan', name, request, now)
  }

  async *exportRows({ name }: ExportTable, span: ExportSpan, now: number): AsyncGenerator<ExportBatch> {
    const call: ExportCall = { config: this.config, table: name, span, now }
    for await (const line of linesIn(await this.#remote().exportRows(pack(call)))) yield JSON.parse(line)
  }

  exportUser(userId: string, now: number): ReturnType<typeof exportPerson> {
    return this.#call('exportUser', userId, now)
  }

  eraseUser(userId: string, now: number): Promise<ErasedCounts> {
    return this.#call('eraseUser', userId, now)
  }

  backup(cursor: BackupCursor): Promise<BackupPart> {
    return this.#call('backup', cursor)
  }

  lastDayOfBytes(): ReturnType<SiteEngine['lastDayOfBytes']> {
    return lastDayOfBytes(this.#directory, this.config.id)
  }

  deliveries(): Promise<Delivery[]> {
    return this.#call('deliveries')
  }

  hasFewFacts(range: Pick<Range, 'from' | 'to'>, most: number): Promise<boolean> {
    return this.#call('hasFewFacts', range, most)
  }

  edgeFetch(): Promise<EdgeFetch> {
    return this.#call('edgeFetch')
  }

  /** Wakes the object after a change of settings, so that it builds what they need. */
  async noteChange(): Promise<void> {
    await this.#call('noteChange')
  }

  /** Stores a part of a backup. Returns since when the site keeps its events, `null` before the last part. */
  async restore(
    restore: Restore,
    part: number,
    sections: readonly BackupSection[],
    options: PartOptions,
  ): Promise<Kept | null> {
    const call: PartCall = { restore, part, sections, options }
    const packed = await repeatPassing(() => this.#remote().restore(pack(call)))
    return resultOf(await unpack<CallOutcome<Kept | null>>(packed))
  }

  /** Deletes everything that the object stores. */
  destroy(): Promise<void> {
    return repeatPassing(() => this.#remote().destroy())
  }
}

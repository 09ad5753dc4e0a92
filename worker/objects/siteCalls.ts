import type { ImportTarget } from '../../shared/imports'
import type { Answer, Question } from '../../shared/question'
import type { ExcludedTraffic } from '../collect/filter/excludedTraffic'
import type { VerdictCursor } from '../collect/verdicts/verdictCursor'
import type { ExportRequest } from '../exports/exportSpan'
import { exportTableOf } from '../exports/exportTables'
import type { Range } from '../lib/timeRange'
import { parseQuery } from '../query/parse/parseQuery'
import type { Site } from '../site'
import type { BackupCursor } from '../storage/backup/backupPart'
import type { ImportRow } from '../storage/importRow'
import { type PlainError, plainError } from './plainError'
import { incomingEvent, type PlainEvent } from './plainEvent'

/** The answer to a query, or why there is none. */
export type PlainAnswer = { readonly answer: Answer } | { readonly error: PlainError }

const plainAnswer = (result: PromiseSettledResult<Answer>): PlainAnswer =>
  result.status === 'fulfilled' ? { answer: result.value } : { error: plainError(result.reason) }

type PlainTraffic = Omit<ExcludedTraffic, 'events'> & { readonly events: readonly PlainEvent[] }

/** The calls of a site's object. JSON can hold their arguments and results. */
export const SITE_CALLS = {
  ingest: async (site: Site, events: readonly PlainEvent[], isPartial: boolean) => {
    const { duplicates, rejected, warnings } = await site.ingest(events.map(incomingEvent), { isPartial })
    return {
      duplicates,
      rejected: rejected.map(({ position, problem }) => ({ position, error: plainError(problem) })),
      warnings,
    }
  },
  countRejected: async (site: Site, reasons: readonly string[]) => {
    await site.countRejected(reasons)
    return null
  },
  keepExcluded: async (site: Site, traffic: PlainTraffic) => {
    await site.keepExcluded({ ...traffic, events: traffic.events.map(incomingEvent) })
    return null
  },
  excludedTraffic: (site: Site, firstDay: number, lastDay: number) => site.excludedTraffic(firstDay, lastDay),
  applyVerdicts: (site: Site, cursor: VerdictCursor | null) => site.applyVerdicts(cursor),
  rejections: (site: Site, firstDay: number, lastDay: number) => site.rejections(firstDay, lastDay),
  importRows: (site: Site, target: ImportTarget, rows: readonly ImportRow[]) => site.importRows(target, rows),
  query: async (site: Site, questions: readonly Question[], now: number) =>
    (
      await site.query(
        questions.map(question => parseQuery(question, site.config.settings)),
        now,
      )
    ).map(plainAnswer),
  availability: async (site: Site, now: number) => [...(await site.availability(now))],
  live: (site: Site, now: number) => site.live(now),
  exportSpan: (site: Site, table: string, request: ExportRequest, now: number) =>
    site.exportSpan(exportTableOf(table), request, now),
  exportUser: (site: Site, userId: string, now: number) => site.exportUser(userId, now),
  eraseUser: (site: Site, userId: string, now: number) => site.eraseUser(userId, now),
  backup: (site: Site, cursor: BackupCursor) => site.backup(cursor),
  deliveries: (site: Site) => site.deliveries(),
  edgeFetch: (site: Site) => site.edgeFetch(),
  hasFewFacts: (site: Site, range: Pick<Range, 'from' | 'to'>, most: number) => site.hasFewFacts(range, most),
  /** Does nothing itself: as one of `CHANGING_CALLS` it sets the alarm. */
  noteChange: async (_: Site) => null,
} as const

export type SiteCalls = typeof SITE_CALLS
export type SiteCallName = keyof SiteCalls

/** Without the site. */
export type SiteCallArguments<Name extends SiteCallName> =
  Parameters<SiteCalls[Name]> extends [Site, ...infer Rest] ? Rest : never

export type SiteCallResult<Name extends SiteCallName> = Awaited<ReturnType<SiteCalls[Name]>>

/** Calls after which the object may have work for its alarm: `edgeFetch` shows what a site without traffic is yet to fetch. */
export const CHANGING_CALLS: ReadonlySet<SiteCallName> = new Set([
  'ingest',
  'keepExcluded',
  'applyVerdicts',
  'importRows',
  'eraseUser',
  'edgeFetch',
  'noteChange',
])

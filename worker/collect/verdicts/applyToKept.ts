import type { SiteSettings } from '../../../shared/settings'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { statement } from '../../storage/database'
import type { FactRow } from '../../storage/factRow'
import { followingStatements } from '../../storage/followingStatements'
import { removalStatements } from '../../storage/removalStatements'
import type { SiteConfig } from '../../storage/siteConfig'
import excludedTrafficMark from '../../storage/sql/excluded_traffic.mark.sql'
import excludedTrafficSelectAfter from '../../storage/sql/excluded_traffic.select_after.sql'
import { writeBatch } from '../../storage/writeBatch'
import { filterHashes } from '../filter/filterHashes'
import { completeEvent } from '../store/completeEvent'
import { type EnrichedEvent, storeEnrichedEvents } from '../store/storeEvents'
import { verdictsIn } from '../store/verdictMask'
import { type AppliedVerdicts, BEGINNING } from './verdictCursor'

interface KeptRow {
  readonly day: number
  readonly id: number
  readonly verdicts: number
  readonly counted: number
  readonly filters: string
  readonly events: string
  readonly size: number
}

/** Rows of one step. Each holds at most 10,000 bytes of events, so that a step has half a megabyte to read. */
const ROWS = 50

const eventsIn = (rows: readonly KeptRow[]): EnrichedEvent[] =>
  rows.flatMap(({ events }) => (JSON.parse(events) as EnrichedEvent[]).map(completeEvent))

const factsIn = (events: readonly EnrichedEvent[]): FactRow[] => events.flatMap(({ fact }) => fact ?? [])

/** Whether the settings count a row: they exclude none of its verdicts. A filter that is gone excludes nothing. */
const isToCount = (row: KeptRow, { excluded_verdicts }: SiteSettings, filters: ReadonlySet<number>): boolean =>
  verdictsIn(row.verdicts)
    .filter(verdict => verdict !== 'rule' || (JSON.parse(row.filters) as number[]).some(hash => filters.has(hash)))
    .every(verdict => !excluded_verdicts.includes(verdict))

const keysOf = (rows: readonly KeptRow[]): string => JSON.stringify(rows.map(({ day, id, size }) => [day, id, size]))

/**
 * Stores kept events like those of people, and then marks them: a step that is repeated changes nothing. A row to which
 * events were added meanwhile is not marked, and the next time all of it is stored.
 */
const count = async (db: CachedDatabase, site: SiteConfig, rows: readonly KeptRow[]): Promise<number> => {
  const isRetained = ({ fact }: EnrichedEvent) => fact === null || fact.time >= site.keptFrom
  const events = eventsIn(rows).filter(isRetained)
  await storeEnrichedEvents(db, site.id, events)
  const facts = factsIn(events)
  await writeBatch(db, [...followingStatements(site, facts), statement(excludedTrafficMark, site.id, keysOf(rows), 1)])
  return facts.length
}

const exclude = async (db: CachedDatabase, site: SiteConfig, rows: readonly KeptRow[]): Promise<number> => {
  const facts = factsIn(eventsIn(rows))
  await writeBatch(db, [...removalStatements(site, facts), statement(excludedTrafficMark, site.id, keysOf(rows), 0)])
  return facts.length
}

/** Applies the settings to the next rows that are kept. */
export const applyToKept = async (
  db: CachedDatabase,
  site: SiteConfig,
  [day, id]: readonly [day: number, id: number],
): Promise<AppliedVerdicts> => {
  const { rows } = await db.all<KeptRow>(excludedTrafficSelectAfter, site.id, day, id, ROWS)
  const filters = new Set(await filterHashes(site, site.settings.filters_out))
  const [toCount = [], toExclude = []] = [0, 1].map(counted =>
    rows.filter(row => row.counted === counted && isToCount(row, site.settings, filters) === (counted === 0)),
  )
  const last = rows.at(-1)
  const isLast = rows.length < ROWS || last === undefined
  return {
    counted: toCount.length > 0 ? await count(db, site, toCount) : 0,
    excluded: toExclude.length > 0 ? await exclude(db, site, toExclude) : 0,
    next: isLast ? { step: 'views', after: BEGINNING } : { step: 'kept', after: [last.day, last.id] },
  }
}

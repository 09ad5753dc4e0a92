import type { FilterOut } from '../../../shared/settings'
import { DAY } from '../../../shared/time'
import { hmacKey, lastingId } from '../../lib/hash'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { jsonChunks } from '../../storage/chunks'
import {
  type CountedFact,
  type CountedTable,
  type FactKey,
  readCountedFacts,
  readFactRows,
} from '../../storage/countedFacts'
import { statement } from '../../storage/database'
import type { FactRow } from '../../storage/factRow'
import { removalStatements } from '../../storage/removalStatements'
import type { SiteConfig } from '../../storage/siteConfig'
import excludedTrafficInsertMoved from '../../storage/sql/excluded_traffic.insert_moved.sql'
import { writeBatch } from '../../storage/writeBatch'
import { filterHashes } from '../filter/filterHashes'
import { matchesFilter } from '../filter/matchesFilter'
import { verdictMask } from '../store/verdictMask'
import { type AppliedVerdicts, START, type VerdictCursor } from './verdictCursor'

/** Page views or events that one step compares with the filters. */
const COMPARED = 5_000
/** Those that one step moves. */
const MOVED = 500

const KINDS = ['browser', 'visitor', 'user'] as const

/** Whether a stored page view or event matches a filter. Addresses are not stored, so no filter on one does. */
type Matcher = (fact: CountedFact) => boolean

const matcherOf = async (filter: FilterOut, key: CryptoKey): Promise<Matcher> => {
  const visitors =
    filter.what === 'visitor' ? await Promise.all(KINDS.map(kind => lastingId(key, kind, filter.is))) : []
  return ({ hostname, path, country, browser, visitor }) =>
    matchesFilter(
      {
        page: hostname === null ? null : [hostname, path ?? ''],
        country: country ?? undefined,
        browser: () => browser ?? '',
        isVisitor: () => visitors.includes(visitor),
        isFrom: () => false,
      },
      filter,
    )
}

const keyOf = ({ hour, visitor, id }: CountedFact): FactKey => [hour, visitor, id]

const movedRow = (fact: FactRow, day: number, hashes: readonly number[]): unknown[] => [
  day,
  // Apart from the row that a request with the same record has: that one's other events may stay counted.
  -fact.id,
  verdictMask(['rule']),
  fact.page?.[1] ?? '',
  fact.device?.[1] ?? '',
  JSON.stringify(hashes),
  JSON.stringify([{ claim: null, fact }]),
]

/** Moves page views or events out of what is counted, in one batch. They are kept from today on. */
const move = async (
  db: CachedDatabase,
  site: SiteConfig,
  table: CountedTable,
  matching: ReadonlyMap<CountedFact, readonly number[]>,
): Promise<void> => {
  const facts = await readFactRows(db, site.id, table, [...matching.keys()].map(keyOf))
  const hashes = new Map([...matching].map(([fact, own]) => [`${keyOf(fact)}`, own]))
  const day = Math.floor(Date.now() / DAY)
  const rows = facts.map(fact => {
    const key = [Math.floor(fact.time / 3_600_000), fact.visitor, fact.id]
    return movedRow(fact, day, hashes.get(`${key}`) ?? [])
  })
  await writeBatch(db, [
    ...jsonChunks(rows).map(chunk => statement(excludedTrafficInsertMoved, site.id, chunk)),
    ...removalStatements(site, facts),
  ])
}

const nextOf = (step: CountedTable, last: CountedFact | undefined): VerdictCursor | null => {
  if (last) return { step, after: keyOf(last) }
  return step === 'views' ? { step: 'events', after: [START, START, START] } : null
}

/** Excludes the next page views or events that the site's filters match. */
export const applyFilters = async (
  db: CachedDatabase,
  site: SiteConfig,
  table: CountedTable,
  after: FactKey,
): Promise<AppliedVerdicts> => {
  const { filters_out, excluded_verdicts } = site.settings
  const filters = excluded_verdicts.includes('rule') ? filters_out.filter(({ what }) => what !== 'ip') : []
  if (filters.length === 0) return { counted: 0, excluded: 0, next: null }
  const key = await hmacKey(site.secret)
  const hashes = await filterHashes(site, filters)
  const matchers = await Promise.all(filters.map(filter => matcherOf(filter, key)))
  const rows = await readCountedFacts(db, site.id, table, after, COMPARED)
  const matching = new Map<CountedFact, readonly number[]>()
  let last = rows.length < COMPARED ? undefined : rows.at(-1)
  for (const fact of rows) {
    const own = hashes.filter((_, n) => matchers[n]?.(fact))
    if (own.length > 0) matching.set(fact, own)
    if (matching.size < MOVED) continue
    last = fact
    break
  }
  if (matching.size > 0) await move(db, site, table, matching)
  return { counted: 0, excluded: matching.size, next: nextOf(table, last) }
}

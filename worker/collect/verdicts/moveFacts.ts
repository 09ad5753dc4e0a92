import { DAY } from '../../../shared/time'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { jsonChunks } from '../../storage/chunks'
import { type CountedTable, type FactKey, readFactRows } from '../../storage/countedFacts'
import { statement } from '../../storage/database'
import type { FactRow } from '../../storage/factRow'
import { hourOf } from '../../storage/factRows'
import { removalStatements } from '../../storage/removalStatements'
import type { SiteConfig } from '../../storage/siteConfig'
import excludedTrafficInsertMoved from '../../storage/sql/excluded_traffic.insert_moved.sql'
import { writeBatch } from '../../storage/writeBatch'

/** Why a counted page view or event is to be excluded. */
export interface ExcludedFact {
  readonly key: FactKey
  /** As bits. */
  readonly verdicts: number
  /** Keyed hashes of the filters that match it. */
  readonly filters: readonly number[]
}

const movedRow = (fact: FactRow, day: number, { verdicts, filters }: Omit<ExcludedFact, 'key'>): unknown[] => [
  day,
  // Apart from the row that a request with the same record has: that one's other events may stay counted.
  -fact.id,
  verdicts,
  fact.page?.[1] ?? '',
  fact.device?.[1] ?? '',
  JSON.stringify(filters),
  JSON.stringify([{ claim: null, fact }]),
]

/** Moves page views or events out of what is counted, in one batch. They are kept from today on. */
export const moveFacts = async (
  db: CachedDatabase,
  site: SiteConfig,
  table: CountedTable,
  exclusions: readonly ExcludedFact[],
): Promise<void> => {
  if (exclusions.length === 0) return
  const facts = await readFactRows(
    db,
    site.id,
    table,
    exclusions.map(({ key }) => key),
  )
  const reasons = new Map(exclusions.map(exclusion => [`${exclusion.key}`, exclusion]))
  const day = Math.floor(Date.now() / DAY)
  const rows = facts.flatMap(fact => {
    const reason = reasons.get(`${[hourOf(fact.time), fact.visitor, fact.id]}`)
    return reason ? [movedRow(fact, day, reason)] : []
  })
  await writeBatch(db, [
    ...jsonChunks(rows).map(chunk => statement(excludedTrafficInsertMoved, site.id, chunk)),
    ...removalStatements(site, facts),
  ])
}

import type { FilterOut } from '../../../shared/settings'
import { hmacKey, lastingId } from '../../lib/hash'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { type CountedFact, type CountedTable, type FactKey, readCountedFacts } from '../../storage/countedFacts'
import type { SiteConfig } from '../../storage/siteConfig'
import { filterHashes } from '../filter/filterHashes'
import { matchesFilter } from '../filter/matchesFilter'
import { verdictMask } from '../store/verdictMask'
import { type ExcludedFact, moveFacts } from './moveFacts'
import { type AppliedVerdicts, BEGINNING, type VerdictCursor } from './verdictCursor'

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

const nextOf = (step: CountedTable, last: CountedFact | undefined): VerdictCursor => {
  if (last) return { step, after: keyOf(last) }
  return step === 'views' ? { step: 'events', after: BEGINNING } : { step: 'sessions', after: BEGINNING }
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
  if (filters.length === 0) return { counted: 0, excluded: 0, next: { step: 'sessions', after: BEGINNING } }
  const key = await hmacKey(site.secret)
  const hashes = await filterHashes(site, filters)
  const matchers = await Promise.all(filters.map(filter => matcherOf(filter, key)))
  const rows = await readCountedFacts(db, site.id, table, after, COMPARED)
  const matching: ExcludedFact[] = []
  let last = rows.length < COMPARED ? undefined : rows.at(-1)
  for (const fact of rows) {
    const own = hashes.filter((_, n) => matchers[n]?.(fact))
    if (own.length > 0) matching.push({ key: keyOf(fact), verdicts: verdictMask(['rule']), filters: own })
    if (matching.length < MOVED) continue
    last = fact
    break
  }
  await moveFacts(db, site, table, matching)
  return { counted: 0, excluded: matching.length, next: nextOf(table, last) }
}

import { DAY } from '../../../shared/time'
import { PROPERTY_CODE } from '../../../shared/wire'
import type { Range } from '../../lib/timeRange'
import type { SiteConfig } from '../../storage/siteConfig'
import questionsRefusals from '../../storage/sql/questions.refusals.sql'
import type { CountedReads } from '../execute/countedReads'

/** How answers name what was filtered, by the stored reason; everything else was rejected as malformed. */
const FILTERED: Readonly<Record<string, string>> = {
  bot: 'bots',
  duplicate: 'duplicates',
  gpc: 'opted_out',
  prefetch: 'prefetched',
}

/** How many events were not stored, by reason. */
export type Exclusions = Readonly<Record<string, number>>

/** Counts what was not stored in the UTC days of a period. */
export const readExclusions = async (
  reads: CountedReads,
  site: SiteConfig,
  { from, to }: Range,
): Promise<Exclusions> => {
  const rows = await reads.all(questionsRefusals, site.id, Math.floor(from / DAY), Math.floor((to - 1) / DAY))
  const result: Record<string, number> = { bots: 0, duplicates: 0, opted_out: 0, prefetched: 0, refused: 0 }
  for (const { reason, count } of rows) {
    // Their events are stored.
    if (String(reason).startsWith(PROPERTY_CODE)) continue
    const name = FILTERED[String(reason)] ?? 'refused'
    result[name] = (result[name] ?? 0) + Number(count)
  }
  return result
}

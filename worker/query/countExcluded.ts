import { DAY } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import questionsRefusals from '../storage/sql/questions.refusals.sql'
import type { Asking } from './asking'

/** Why something was kept out, by its refusal's reason; every other reason is something wrong with it. */
const KEPT_OUT: Readonly<Record<string, string>> = {
  bot: 'bots',
  duplicate: 'duplicates',
  gpc: 'opted_out',
  prefetch: 'prefetched',
}

/** What was kept out in the UTC days of a period, and why. */
export const countExcluded = async (asking: Asking, range: Range): Promise<Record<string, number>> => {
  const days = [Math.floor(range.from / DAY), Math.floor((range.to - 1) / DAY)]
  const rows = await asking.all(questionsRefusals, [asking.site.id, ...days])
  const result: Record<string, number> = { bots: 0, duplicates: 0, opted_out: 0, prefetched: 0, refused: 0 }
  for (const row of rows) {
    const reason = KEPT_OUT[String(row.reason)] ?? 'refused'
    result[reason] = (result[reason] ?? 0) + Number(row.count)
  }
  return result
}

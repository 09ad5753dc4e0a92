import { originOf } from '../originOf.ts'
import type { CellOf } from '../readDays.ts'

/** What Plausible calls visits without a source, besides the empty text. */
const DIRECT = 'Direct / None'

/** The URL parameters that a row of sources stands for. */
export const plausibleOrigin = (cell: CellOf): string => {
  const source = cell('source') === DIRECT ? '' : cell('source')
  return originOf({
    source,
    isTagged: cell('utm_source') !== '',
    medium: cell('utm_medium'),
    campaign: cell('utm_campaign'),
    term: cell('utm_term'),
    content: cell('utm_content'),
  })
}

import { IMPORTS } from '../../../shared/imports'
import { dayOf } from '../../lib/calendar'
import type { SiteConfig } from '../../storage/siteConfig'
import questionsFirst from '../../storage/sql/questions.first.sql'
import type { CountedReads } from '../execute/countedReads'

const KINDS = JSON.stringify(IMPORTS.map(({ kind }) => kind))

/** The first local day that the site has data of, `null` of an empty site. */
export const readFirstDay = async (
  reads: CountedReads,
  { id, timezone, imported }: SiteConfig,
): Promise<number | null> => {
  const [row] = await reads.all(questionsFirst, id, KINDS)
  const { first, first_day, first_import } = row ?? {}
  const days = [
    ...(typeof first === 'number' ? [dayOf(first, timezone)] : []),
    ...[first_day, first_import, imported?.firstDay].filter(day => typeof day === 'number'),
  ]
  return days.length > 0 ? Math.min(...days) : null
}

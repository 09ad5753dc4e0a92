import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import { readActivePeople } from '../../rollups/activePeopleText'
import type { ActiveBefore } from '../../rollups/coverage'
import type { SiteConfig } from '../../storage/siteConfig'
import dayPeopleSelect from '../../storage/sql/day_people.select.sql'
import type { CountedReads } from '../execute/countedReads'

/**
 * Who was active on the last day of a range before the range ends; `null` if it ends at midnight or that is not stored.
 */
export const readActiveBefore = async (
  reads: CountedReads,
  { id, timezone }: SiteConfig,
  { to, lastDay }: Range,
): Promise<ActiveBefore | null> => {
  if (to >= startOfDay(lastDay + 1, timezone)) return null
  const [row] = await reads.all(dayPeopleSelect, id, lastDay)
  const active = readActivePeople(row?.people, row?.ids)
  if (active === null) return null
  const begins = JSON.parse(String(row?.begins)) as number[]
  const end = to - startOfDay(lastDay, timezone)
  const before = <T>(list: readonly T[]): T[] => list.filter((_, place) => (begins[place] ?? 0) < end)
  return { day: lastDay, active: { people: before(active.people), ids: active.ids?.map(before) ?? null } }
}

import { eventId } from '../../../shared/events'
import { ruledEvents } from '../../metrics/ruledEvents'
import type { SiteConfig } from '../../storage/siteConfig'
import questionsNames from '../../storage/sql/questions.names.sql'
import type { CountedReads } from '../execute/countedReads'

/** Stored ids of the custom events among `names` and those that the settings of the site name. */
export const readCustomEvents = async (
  reads: CountedReads,
  { id, settings }: SiteConfig,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const custom = [...names, ...ruledEvents(settings)].filter(name => eventId(name) === undefined)
  if (custom.length === 0) return new Map()
  const rows = await reads.all(questionsNames, id, JSON.stringify(custom))
  return new Map(rows.map(row => [String(row.name), Number(row.id)]))
}

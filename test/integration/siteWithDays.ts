import { cron } from './rollups'
import { createSite, post, type TestSite } from './setup'

const DAY = 86_400_000

interface DaysOfEvents {
  /** Epoch milliseconds; the last day ends here. */
  readonly now: number
  readonly days: number
  /** Events of the UTC day that begins at a time. */
  readonly eventsOf: (midnight: number) => readonly { readonly time: number }[]
  /** Fields of the new site. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** A new site with some days of events, all final but the last, and their rollups. */
export const siteWithDays = async ({ now, days, eventsOf, fields }: DaysOfEvents): Promise<TestSite> => {
  const site = await createSite(fields)
  const first = Math.floor(now / DAY) * DAY - (days - 1) * DAY
  const events = Array.from({ length: days }, (_, day) => eventsOf(first + day * DAY)).flat()
  await post(
    site,
    events.filter(({ time }) => time < now),
  )
  await cron(site)
  return site
}

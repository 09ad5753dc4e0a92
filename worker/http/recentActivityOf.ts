import type { SiteEngine } from '../site'

/** Visitors at this moment and the latest events, as the API answers them. */
export const recentActivityOf = async (site: SiteEngine, now: number) => {
  const { visitors, events } = await site.live(now)
  return {
    visitors,
    events: events.map(({ time, ...event }) => ({
      time: new Date(time).toISOString(),
      seconds_ago: Math.floor((now - time) / 1000),
      ...event,
    })),
  }
}

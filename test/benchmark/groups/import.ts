import { LIMITS } from '../../../shared/limits.ts'
import { publishedEvents, READERS } from '../../oracle/published.ts'
import { openBench } from '../bench.ts'
import type { Say } from '../database.ts'
import type { Figures } from '../figures.ts'
import { inFolder } from '../folders.ts'
import { CONTENT_SITE, simulateDay } from '../simulate.ts'

const DAY = 86_400_000
const SIMULATED = 60_000

/** Page views of the simulated site, as many as in the published data, for when that is missing. */
const simulated = (): object[] =>
  simulateDay(CONTENT_SITE, SIMULATED * CONTENT_SITE.days, Date.UTC(2014, 0, 7), 0)
    .filter(({ left }) => left)
    .map(({ id, visitor, time, path, seen }) => ({
      id: `${visitor}/${id}`,
      name: 'page_view',
      visitor_id: `v${visitor}`,
      time,
      url: `https://bench.example/articles/${path}`,
      engaged_seconds: seen / 1000,
    }))

const calls = (events: readonly object[]): string[] =>
  Array.from({ length: Math.ceil(events.length / LIMITS.eventsPerCall) }, (_, index) =>
    events
      .slice(index * LIMITS.eventsPerCall, (index + 1) * LIMITS.eventsPerCall)
      .map(event => JSON.stringify(event))
      .join('\n'),
  )

/** History through the events API, in its largest calls, and the cron runs that finish its sessions. */
export const measureImport = (say: Say): Promise<Figures> =>
  inFolder(async folder => {
    const published = publishedEvents(READERS.file)
    say(published ? 'importing the published data' : 'importing simulated events: the published data is not here')
    const events: readonly object[] = published ?? simulated()
    const bench = await openBench(folder)
    try {
      let milliseconds = 0
      for (const lines of calls(events)) milliseconds += (await bench.ask<{ ms: number }>('/import', {}, lines)).ms
      const settled = await bench.ask<{ ms: number }>('/cron', { now: Date.now() + DAY })
      return {
        import_events_per_second: (events.length * 1000) / milliseconds,
        import_settle_seconds: settled.ms / 1000,
      }
    } finally {
      await bench.stop()
    }
  })

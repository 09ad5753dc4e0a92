import type { Answer } from '../../../shared/question.ts'
import type { Figures } from '../figures.ts'
import { DOMAIN, type UmamiSite, withUmamiSite } from '../umamiSite.ts'

/** Of ten rows of Umami nine are page views. */
export const PAGE_VIEWS_OF_TEN = 9

/** Seconds until all that was imported is in an answer, which is checked. */
const secondsToAnswer = async ({ call }: UmamiSite, rows: number): Promise<number> => {
  const began = performance.now()
  const question = { site: DOMAIN, metrics: ['pageviews'], period: { from: '2025-01-01', to: '2026-01-31' } }
  const answer: Answer = JSON.parse(await (await call('/api/v1/query', question)).text())
  const value = answer.rows[0]?.metrics.pageviews?.value
  if (value !== (rows / 10) * PAGE_VIEWS_OF_TEN) throw new Error(`${value} page views of ${rows} rows are counted`)
  return (performance.now() - began) / 1000
}

/** Imports an export of Umami into an empty site. */
export const measureMoveIn = (rows: number): Promise<Figures> =>
  withUmamiSite(async site => {
    const { importer, ofServer } = await site.importRows(rows)
    return {
      umami_rows: rows,
      umami_seconds: ofServer.seconds,
      umami_importer_cpu_seconds: importer.cpuSeconds,
      umami_importer_megabytes: importer.peakMegabytes,
      umami_server_cpu_seconds: ofServer.cpuSeconds,
      umami_server_grown_megabytes: ofServer.grownMegabytes,
      umami_answer_seconds: await secondsToAnswer(site, rows),
    }
  })

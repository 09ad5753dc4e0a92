import type { Figures } from '../figures.ts'
import { DOMAIN, type UmamiSite, withUmamiSite } from '../umamiSite.ts'
import { UsageWatch } from '../usageWatch.ts'

const FORMATS = ['parquet', 'csv', 'ndjson'] as const

/** Reads an export to its end, and keeps nothing of it. */
const read = async (response: Response): Promise<number> => {
  let bytes = 0
  for await (const chunk of response.body ?? []) bytes += chunk.length
  return bytes
}

const measureFormat = async (site: UmamiSite, format: string): Promise<Figures> => {
  const { pid } = await site.restart()
  const watch = new UsageWatch(pid)
  const bytes = await read(await site.call(`/api/v1/sites/${DOMAIN}/export/pageviews?format=${format}&period=all`))
  const used = watch.end()
  return {
    [`export_${format}_bytes`]: bytes,
    [`export_${format}_seconds`]: used.seconds,
    [`export_${format}_cpu_seconds`]: used.cpuSeconds,
    [`export_${format}_grown_megabytes`]: used.grownMegabytes,
  }
}

/** Exports page views in each format, each time from a server that has just started. */
export const measureExports = (pageViews: number): Promise<Figures> =>
  withUmamiSite(async site => {
    await site.importRows(Math.ceil(pageViews / 9) * 10)
    await site.finishSessions()
    const figures: Figures[] = []
    for (const format of FORMATS) figures.push(await measureFormat(site, format))
    return Object.assign({}, ...figures)
  })

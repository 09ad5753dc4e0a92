import { env, exports } from 'cloudflare:workers'
import type { TestSite } from './setup'

export type ExportedRow = Readonly<Record<string, unknown>>

/** Asks for an export as the owner. */
export const fetchExport = ({ domain }: TestSite, path: string): Promise<Response> =>
  exports.default.fetch(`https://stats.example/api/v1/sites/${domain}/export/${path}`, {
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
  })

/** The lines of an NDJSON export. */
export const linesOf = async (response: Response): Promise<ExportedRow[]> => {
  const text = new TextDecoder().decode(await response.arrayBuffer())
  if (!response.ok) throw new Error(text)
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** The rows of a table. */
export const exportedRows = async (site: TestSite, table: string, period: string): Promise<ExportedRow[]> =>
  linesOf(await fetchExport(site, `${table}?period=${encodeURIComponent(period)}`))

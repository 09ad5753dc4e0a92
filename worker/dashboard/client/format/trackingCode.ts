import type { MetricValue } from '../../../../shared/question'
import { scriptTag } from '../../../../shared/scriptTag'
import type { CatalogueEntry } from '../../../metrics/catalogue'
import { PAGE } from '../state/page'

type Event = CatalogueEntry['sends']['events'][number]
type Import = CatalogueEntry['sends']['imports'][number]

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string') return `'${value}'`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${literal(one)}`)
    .join(', ')} }`
}

const domain = (): string => PAGE.site?.domain ?? ''

/** Examples use the site's currency. */
const inSiteCurrency = <T extends Readonly<Record<string, unknown>>>(example: T): T =>
  'currency' in example && PAGE.site ? { ...example, currency: PAGE.site.currency } : example

/** A call of the script's function in a page. */
const scriptCall = (name: string, parameters: Readonly<Record<string, unknown>>): string =>
  Object.keys(parameters).length === 0 ? `footfall('${name}')` : `footfall('${name}', ${literal(parameters)})`

const curl = (path: string, rest: string): string =>
  `curl '${location.origin}${path}?site=${encodeURIComponent(domain())}' -H 'authorization: Bearer WRITE_KEY' ${rest}`

const eventsRequest = (events: readonly Event[]): string => {
  const list = events.map(({ name, parameters }) => ({ name, user_id: 'u_42', ...inSiteCurrency(parameters) }))
  return curl('/api/v1/events', `-d '${JSON.stringify({ events: list })}'`)
}

const importRequest = ({ kind, row }: Import): string => {
  const today = new Date().toISOString().slice(0, 10)
  const example = inSiteCurrency({ ...row, day: today })
  const csv = `${Object.keys(example).join(',')}\\n${Object.values(example).join(',')}\\n`
  return curl(`/api/v1/imports/${kind}`, `-H 'content-type: text/csv' --data-binary $'${csv}'`)
}

/** The script tag, with a persistent id for metrics that need one. */
const tag = ({ needs }: CatalogueEntry): string => {
  const plain = scriptTag(`${location.origin}${PAGE.script}`, domain())
  return needs.includes('lasting_id') ? plain.replace('></script>', ' data-id="persistent"></script>') : plain
}

/** Needs that only a server can meet. */
const SERVER_NEEDS: readonly CatalogueEntry['needs'][number][] = ['server_events', 'user_id', 'imports']

const eventLines = ({ sends: { events }, needs }: CatalogueEntry): string[] => {
  if (events.length > 0 && needs.some(need => SERVER_NEEDS.includes(need))) return [eventsRequest(events)]
  return events.map(({ name, parameters }) => scriptCall(name, inSiteCurrency(parameters)))
}

/**
 * The code that tracks a metric: calls in a page, requests from a server, or the script tag alone.
 * @param value its status tells whether persistent ids are missing
 */
export const trackingCode = (entry: CatalogueEntry, value?: MetricValue): readonly string[] => {
  const lines = [
    ...(value?.status === 'needs_identity' ? [scriptCall('identify', { user_id: 'u_42' })] : []),
    ...eventLines(entry),
    ...entry.sends.imports.map(importRequest),
  ]
  return lines.length > 0 ? lines : [tag(entry)]
}

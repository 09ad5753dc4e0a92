import type { Owner } from '../server/owner.ts'

/** The time zone of a site's days. */
export const zoneOf = async ({ call }: Owner, domain: string): Promise<string> => {
  const { text } = await call('GET', `/api/v1/sites/${encodeURIComponent(domain)}`)
  return (JSON.parse(text) as { readonly timezone: string }).timezone
}

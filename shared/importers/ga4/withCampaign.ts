import { type Ga4Row, textAt } from './ga4Row.ts'

/** Media that Google Analytics found out itself, as the collector does from the referrer. */
const FOUND = new Set(['', 'organic', 'referral'])

const PARAMETERS: Readonly<Record<string, string>> = {
  utm_source: 'manual_source',
  utm_medium: 'manual_medium',
  utm_campaign: 'manual_campaign_name',
  utm_term: 'manual_term',
  utm_content: 'manual_content',
}

/**
 * The address of an event with the campaign that the export names beside it, as one's own address would have it. An address
 * that says its campaign itself stays as it is.
 */
export const withCampaign = (address: string, row: Ga4Row): string => {
  const medium = textAt(row, 'collected_traffic_source', 'manual_medium')
  if (FOUND.has(medium) || !URL.canParse(address)) return address
  const url = new URL(address)
  if (url.searchParams.has('utm_source')) return address
  for (const [name, field] of Object.entries(PARAMETERS)) {
    const value = textAt(row, 'collected_traffic_source', field)
    if (value !== '') url.searchParams.set(name, value)
  }
  return url.href
}

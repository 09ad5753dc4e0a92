import type { Reading } from '../metric'

/** A number that page views may report, and the field in which a server sends it. */
export interface Reported {
  readonly what: string
  readonly field: string
}

export const CLICKS_REPORTED: Reported = { what: 'clicks', field: 'clicks' }

/**
 * Reads a number that page views may report: if none did, it is unknown and not 0.
 * @param known page views that reported it
 * @param unknown page views that did not
 */
export const unlessUnknown = (
  reported: Reported | undefined,
  known: number,
  unknown: number,
  read: () => Reading,
): Reading => {
  if (!reported || known > 0 || unknown === 0) return read()
  const { what, field } = reported
  return {
    value: null,
    numerator: 0,
    denominator: 0,
    interval: null,
    status: 'needs_input',
    reason: `No page view in this period reports ${what}. The script reports it when a visitor leaves the page; from a server, send "${field}" with page_view events.`,
    pending: 0,
  }
}

import type { Reading } from '../metric'

/** A number that page views report or leave out, and the field that a server sends it in. */
export interface Reported {
  readonly what: string
  readonly field: string
}

export const CLICKS_REPORTED: Reported = { what: 'its clicks', field: 'clicks' }

/**
 * A number that nobody reported is unknown and not 0.
 * @param known how many reported it
 * @param unknown how many did not
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
    reason: `No page view of this period reports ${what}. The script does when a page is left; from a server send "${field}" with page_view events.`,
    pending: 0,
  }
}

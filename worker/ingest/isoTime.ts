const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i

/**
 * The time of an ISO 8601 text with its zone, epoch milliseconds; NaN of anything else.
 * @example isoTime('2026-01-31T12:00:00Z') // 1769860800000
 */
export const isoTime = (text: string): number => (ISO.test(text) ? Date.parse(text) : Number.NaN)

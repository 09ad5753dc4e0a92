/**
 * Why the collector takes traffic for something other than people. The nth is bit n of a stored mask, so a new one goes
 * last.
 */
export const VERDICTS = ['bot', 'headless', 'automated', 'data_centre', 'referrer_spam', 'rule'] as const
export type TrafficVerdict = (typeof VERDICTS)[number]

/** Verdicts on one request, which the collector gives when it arrives. */
const REQUEST_VERDICTS = ['bot', 'headless', 'automated', 'data_centre', 'referrer_spam', 'rule'] as const

/**
 * Verdicts on a whole session, which the cron gives once its day is over: the script sent one request and nothing when the
 * page was left, or there was no click, no event and less than a second of visible time.
 */
export const SESSION_VERDICTS = ['one_request', 'no_interaction'] as const

/**
 * Why traffic is taken for something other than people. The nth is bit n of a stored mask, so a new one goes last.
 */
export const VERDICTS = [...REQUEST_VERDICTS, ...SESSION_VERDICTS] as const
export type TrafficVerdict = (typeof VERDICTS)[number]

/** What a site excludes unless its settings say otherwise. Some people leave sessions like those of a program. */
export const DEFAULT_VERDICTS: readonly TrafficVerdict[] = REQUEST_VERDICTS

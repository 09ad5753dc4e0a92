/** The pause that ends a session, milliseconds: an activity exactly this long after the last one continues it. */
export const SESSION_TIMEOUT = 30 * 60_000

/** An activity this long or longer after a session began starts another, milliseconds. */
export const SESSION_LIMIT = 24 * 3_600_000

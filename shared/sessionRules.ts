import { HOUR, MINUTE } from './time.ts'

/** A gap longer than this ends a session, milliseconds; activity after exactly this long continues it. */
export const SESSION_TIMEOUT = 30 * MINUTE

/** Activity this long or longer after a session began starts another, milliseconds. */
export const SESSION_LIMIT = 24 * HOUR

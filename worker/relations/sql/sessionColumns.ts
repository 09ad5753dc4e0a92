import { valueColumnsOf } from '../../storage/columns'

/** Columns of a session that a statement reads only when it needs them. */
export const SESSION_COLUMNS = valueColumnsOf('visits')

export type SessionColumn = (typeof SESSION_COLUMNS)[number]

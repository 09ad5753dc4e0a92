import { failureOf } from '../lib/log'

const PASSING = ['database_lost', 'database_overloaded']

/** Whether the database could not be reached, or had more to do than it can: later it takes the same statements. */
export const isTooBusy = (error: unknown): boolean => PASSING.includes(failureOf(error).code)

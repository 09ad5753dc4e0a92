import type { SessionCondition } from '../../relations/terms'
import { engaged } from './engaged'

/** Which sessions bounce by each rule, in words and as SQL. */
export const BOUNCED: Readonly<Record<string, SessionCondition & { readonly words: string }>> = {
  single_interaction: {
    words: 'sessions with one page view and no other interaction',
    columns: ['views', 'actions'],
    sql: () => 'views = 1 and actions = 0',
  },
  single_page: { words: 'sessions with one page view', columns: ['views'], sql: () => 'views = 1' },
  engaged: {
    words: 'sessions that were not engaged',
    columns: engaged.columns,
    sql: terms => `not ${engaged.sql(terms)}`,
  },
}

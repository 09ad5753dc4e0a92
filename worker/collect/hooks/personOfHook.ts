import type { HookEvent } from './hookResult'

/** The name under which a shop passes the user id that `identify` has in the browser. */
export const USER_FIELD = 'footfall_user'

/** The name under which a shop passes the transaction_id that its pages send. */
export const ORDER_FIELD = 'footfall_order'

type Person = Pick<HookEvent, 'visitor_id' | 'user_id'>

/** Whom an event is about, of the ids that the provider gave. */
export const personOfHook = (visitor: string | null, user: string | null): Person => ({
  ...(visitor !== null && { visitor_id: visitor }),
  ...(user !== null && { user_id: user }),
})

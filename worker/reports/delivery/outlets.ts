import type { Env } from '../../env'

/** The ways out of the Worker. */
export interface Outlets {
  /** The binding `EMAIL` and the address that it sends from; `null` without them. */
  readonly email: { readonly binding: SendEmail; readonly from: string } | null
  readonly fetch: typeof fetch
}

/** The bindings for email, and what makes requests, if it is not the runtime. */
export type WaysOut = Pick<Env, 'EMAIL' | 'EMAIL_FROM'> & { readonly fetch?: typeof fetch }

export const outletsOf = ({ EMAIL, EMAIL_FROM, fetch: ask }: WaysOut): Outlets => ({
  email: EMAIL && EMAIL_FROM ? { binding: EMAIL, from: EMAIL_FROM } : null,
  fetch: ask ?? ((...args) => fetch(...args)),
})

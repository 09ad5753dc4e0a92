import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { HonoEnv } from '../env'

/** The hosts that may show a page in a frame, if there are none. */
export const NOBODY = "'none'"

interface Openness {
  /** Who may show the page in a frame. */
  readonly frameAncestors: readonly string[]
  readonly referrerPolicy: 'same-origin' | 'no-referrer'
}

/** Forbids inline code, other origins, and scripts that turn text into markup. */
export const securedFor = ({ frameAncestors, referrerPolicy }: Openness): MiddlewareHandler<HonoEnv> =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: [...frameAncestors],
      baseUri: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"],
    },
    // Older browsers, which do not know frame-ancestors, have no way to name hosts.
    xFrameOptions: frameAncestors.includes(NOBODY),
    referrerPolicy,
  })

/** For pages of this address alone. With no-referrer, browsers send the sign-in form with the origin "null". */
export const secure = securedFor({ frameAncestors: [NOBODY], referrerPolicy: 'same-origin' })

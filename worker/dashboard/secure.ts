import { secureHeaders } from 'hono/secure-headers'

/** Nothing inline, nothing from elsewhere, no text turned into markup by a script. */
export const secure = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  // With no-referrer a browser would say "null" for the origin of the sign-in form.
  referrerPolicy: 'same-origin',
})

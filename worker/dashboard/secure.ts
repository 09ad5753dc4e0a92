import { secureHeaders } from 'hono/secure-headers'

/** Forbids inline code, other origins, and scripts that turn text into markup. */
export const secure = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  // With no-referrer, browsers send the sign-in form with the origin "null".
  referrerPolicy: 'same-origin',
})

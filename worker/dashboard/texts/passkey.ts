import { texts } from './texts.ts'

export const passkeyTexts = texts('passkey', {
  /** For a browser that cannot read the options from JSON. */
  tooOld: 'This browser doesn’t support passkeys. Update it, or use another one.',
  notUsed: 'No passkey was used. Try again.',
  known: 'This device already has a passkey for you. Sign in with it.',
  insecure: 'Passkeys need HTTPS and a host name. On your own computer, open this page at localhost.',
  failed: 'Something went wrong. Try again.',
})

/** Characters. Somebody who finds a value derived from a shorter admin token could guess the token. */
const MIN_LENGTH = 32

export const isWeakAdminToken = (token: string): boolean => token.length < MIN_LENGTH

export const WEAK_ADMIN_TOKEN = `ADMIN_TOKEN has fewer than ${MIN_LENGTH} characters; make a new one with: openssl rand -hex 32`

/** Characters. A shorter token could be guessed from a value derived from it. */
const MIN_LENGTH = 32

export const isWeakAdminToken = (token: string): boolean => token.length < MIN_LENGTH

export const WEAK_ADMIN_TOKEN = `ADMIN_TOKEN has fewer than ${MIN_LENGTH} characters; make a new one with: openssl rand -hex 32`

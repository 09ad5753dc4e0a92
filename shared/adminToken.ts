/** Characters. A shorter admin token could be guessed by whoever finds something made from it. */
const SHORTEST = 32

export const isWeakAdminToken = (token: string): boolean => token.length < SHORTEST

export const WEAK_ADMIN_TOKEN = `ADMIN_TOKEN has fewer than ${SHORTEST} characters; make a new one with: openssl rand -hex 32`

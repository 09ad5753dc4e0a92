/** IP addresses, and names that are never public hosts: https://www.rfc-editor.org/rfc/rfc6761 */
const NOT_PUBLIC = /^[^.]+$|^\[|\.\d+$|\.(?:example|test|invalid|localhost|local|internal|onion|arpa)$/

/**
 * Whether a host, as `URL` writes it, can be on the public internet. A name that resolves to a private address is not seen.
 * @example isPublicHost('127.0.0.1') // false
 */
export const isPublicHost = (host: string): boolean => !NOT_PUBLIC.test(host.replace(/\.$/, ''))

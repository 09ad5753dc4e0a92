import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { type IsTrusted, plainAddress } from './trustedProxies.ts'

/** An entry of X-Forwarded-For without its port, `''` when it is no address. */
const addressIn = (entry: string): string => {
  const [, ipv6, ipv4] = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(entry.trim()) ?? []
  const address = plainAddress(ipv6 ?? ipv4 ?? entry.trim())
  return isIP(address) === 0 ? '' : address
}

/**
 * Each proxy adds the address it was called from at the right. Everything left of the first one that is not trusted can
 * be invented by the client.
 */
const lastUntrusted = (forwarded: string, proxy: string, isTrusted: IsTrusted): string => {
  let client = proxy
  for (const entry of forwarded.split(',').reverse()) {
    const address = addressIn(entry)
    if (address === '') return client
    client = address
    if (!isTrusted(address)) return client
  }
  return client
}

/**
 * Whose request it is: the socket's address, or, when that is a trusted proxy's, the address it forwards. X-Forwarded-For
 * comes first, since a proxy that knows nothing of Cloudflare passes on whatever CF-Connecting-IP a client sends.
 * @param remote the address of the socket's other end
 */
export const clientAddress = (remote: string, headers: IncomingHttpHeaders, isTrusted: IsTrusted): string => {
  const proxy = plainAddress(remote)
  if (!isTrusted(proxy)) return proxy
  const forwarded = headers['x-forwarded-for']
  if (forwarded !== undefined) return lastUntrusted(String(forwarded), proxy, isTrusted)
  return addressIn(String(headers['cf-connecting-ip'] ?? '')) || proxy
}

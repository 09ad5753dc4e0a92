import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { type IsTrusted, plainAddress } from './trustedProxies.ts'

/** An entry of X-Forwarded-For without its port; `''` when it is not an address. */
const addressIn = (entry: string): string => {
  const [, ipv6, ipv4] = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(entry.trim()) ?? []
  const address = plainAddress(ipv6 ?? ipv4 ?? entry.trim())
  return isIP(address) === 0 ? '' : address
}

/**
 * Each proxy appends the address of its client. The client can invent everything to the left of the last address that is
 * not trusted.
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
 * The client's address: the socket's, or the one that a trusted proxy forwards. X-Forwarded-For comes first, because a
 * proxy that does not know Cloudflare passes on any CF-Connecting-IP that a client sends.
 * @param remote the address of the socket's other end
 */
export const clientAddress = (remote: string, headers: IncomingHttpHeaders, isTrusted: IsTrusted): string => {
  const proxy = plainAddress(remote)
  if (!isTrusted(proxy)) return proxy
  const forwarded = headers['x-forwarded-for']
  if (forwarded !== undefined) return lastUntrusted(String(forwarded), proxy, isTrusted)
  return addressIn(String(headers['cf-connecting-ip'] ?? '')) || proxy
}

import type { IncomingMessage } from 'node:http'
import { type IsTrusted, plainAddress, trustedProxies } from './trustedProxies.ts'

/** Networks whose addresses name no person. A proxy usually has one of them. */
const LOCAL = 'loopback, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, fc00::/7, fe80::/10'

const isLoopback = trustedProxies('loopback')
const isLocal = trustedProxies(LOCAL)

/** How to trust the sender. Only local addresses are printed: any other may be a visitor's. */
const adviceFor = (remote: string): string => {
  if (isLoopback(remote)) return 'If it is your proxy, set TRUST_PROXY=loopback.'
  if (isLocal(remote))
    return `It came from ${remote}. If that is your proxy, set TRUST_PROXY=${remote} or to its network.`
  return 'If your proxy sent it, set TRUST_PROXY to the address of the proxy.'
}

/**
 * Warns when a request carries a forwarded address that is not believed: once of local senders and once of others, as a
 * visitor can send the header too.
 * @returns a function that checks a request
 */
export const warnOfUntrusted = (isTrusted: IsTrusted, warn: (sentence: string) => void) => {
  const warned = new Set<boolean>()
  return ({ headers, socket }: IncomingMessage): void => {
    if (headers['x-forwarded-for'] === undefined && headers['cf-connecting-ip'] === undefined) return
    const remote = plainAddress(socket.remoteAddress ?? '')
    if (isTrusted(remote) || warned.has(isLocal(remote))) return
    warned.add(isLocal(remote))
    warn(
      `A request with a forwarded address came from a sender that TRUST_PROXY does not name, so all visitors it forwards count as one. ${adviceFor(remote)}`,
    )
  }
}

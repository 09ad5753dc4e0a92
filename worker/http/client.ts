import { MINUTE } from '../../shared/time'
import type { HonoEnv } from '../env'
import { hmacKey, keyedHash47 } from '../lib/hash'
import { isolateName } from '../lib/isolateName'

/** Cloudflare names the client's address. A server that does not runs on the visitor's own machine. */
export const addressOf = (request: Request): string => request.headers.get('cf-connecting-ip') ?? '127.0.0.1'

/**
 * The network of one customer: an IPv4 address, or the first half of an IPv6 address, whose second half the customer can
 * choose.
 * @example networkOf('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2'
 */
export const networkOf = (address: string): string => {
  const host = address.includes(':') ? (URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '') : ''
  if (host === '') return address
  // The shortest form omits the longest run of zeros.
  const [head = [], tail = []] = host.split('::').map(part => part.split(':').filter(group => group !== ''))
  const zeros = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4).join(':')
}

/** This isolate's name for a client. */
export const nameOfClient = (request: Request): number => isolateName(networkOf(addressOf(request)))

/** The name that all isolates have for a client, for one minute. */
export const sharedNameOfClient = async (request: Request, { ADMIN_TOKEN }: HonoEnv['Bindings']): Promise<string> => {
  const minute = Math.floor(Date.now() / MINUTE)
  return String(
    await keyedHash47(await hmacKey(`client\n${ADMIN_TOKEN}`), `${minute}\n${networkOf(addressOf(request))}`),
  )
}

import { BlockList, isIP } from 'node:net'
import { CommandFailure } from '../failure.ts'

/** Unwraps an IPv4 address that a dual-stack socket reports as IPv6. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** Whether an address belongs to a trusted proxy. */
export type IsTrusted = (address: string) => boolean

const addTo = (list: BlockList, entry: string): void => {
  const [address = '', bits] = entry.split('/')
  const most = isIP(address) === 4 ? 32 : 128
  const isSubnet = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= most
  if (isIP(address) === 0 || (bits !== undefined && !isSubnet)) {
    throw new CommandFailure(
      `TRUST_PROXY holds "${entry}", but must be "loopback" or addresses such as 10.0.0.2 or 172.16.0.0/12, separated by commas.`,
    )
  }
  if (isSubnet) list.addSubnet(address, Number(bits), familyOf(address))
  else list.addAddress(address, familyOf(address))
}

/**
 * Reads `TRUST_PROXY`: `loopback`, addresses and subnets, separated by commas.
 * @throws CommandFailure
 * @example trustedProxies('loopback, 10.0.0.0/8')('10.1.2.3') // true
 */
export const trustedProxies = (text: string): IsTrusted => {
  const list = new BlockList()
  const entries = text.split(',').map(entry => entry.trim())
  for (const entry of entries.flatMap(one => (one === 'loopback' ? ['127.0.0.0/8', '::1'] : one))) {
    if (entry !== '') addTo(list, entry)
  }
  return address => isIP(address) !== 0 && list.check(address, familyOf(address))
}

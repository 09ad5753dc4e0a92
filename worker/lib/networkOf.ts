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

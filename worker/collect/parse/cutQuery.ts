/**
 * An address without the parameters of its query that make it too long. The others keep their order.
 * @example cutQuery('https://shop.example/?state=9a8b7c6d&utm_source=a', 36) // 'https://shop.example/?utm_source=a'
 */
export const cutQuery = (address: string, most: number): string => {
  if (address.length <= most) return address
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(address) ?? []
  let left = most - base.length - fragment.length
  const kept = query.split('&').filter(({ length }) => {
    const fits = length < left
    // Each one stands behind "?" or "&".
    if (fits) left -= length + 1
    return fits
  })
  return `${base}${kept.length > 0 ? '?' : ''}${kept.join('&')}${fragment}`
}

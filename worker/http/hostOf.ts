import { Problem } from '../lib/problem'

const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/

/**
 * A host as a browser writes it: lower case, Punycode.
 * @throws Problem `bad_domain`
 * @example hostOf('Bücher.example', 'domain') // 'xn--bcher-kva.example'
 */
export const hostOf = (given: string, field: string): string => {
  const url = `http://${given.trim()}/`
  const host = URL.parse(url)?.hostname ?? ''
  if (!DOMAIN.test(host) || /[:/@?#]/.test(given.trim())) {
    throw new Problem(400, 'bad_domain', `"${field}" must be a host like shop.example, without https:// or a path.`)
  }
  return host
}

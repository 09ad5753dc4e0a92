import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { clientAddress } from './clientAddress.ts'
import type { CfLocation, Locate } from './geoDatabase.ts'
import { CF_HEADER } from './runtimeConfig.ts'
import { type IsTrusted, plainAddress } from './trustedProxies.ts'

/**
 * Headers of a single connection.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect']

/** Claims about the client. */
const CLAIMS = /^(?:x-forwarded-|cf-connecting-ip(?:v6)?$|forwarded$)/

const without = (headers: IncomingHttpHeaders, isExcluded: (name: string) => boolean): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isExcluded(name)))

/** The headers of an answer. */
export const answeredHeaders = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  without(headers, name => HOP_BY_HOP.includes(name) || name === 'transfer-encoding')

/** As a header may contain ASCII only. */
const jsonOf = (location: CfLocation): string =>
  JSON.stringify(location).replaceAll(/[^\x20-\x7e]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Of several proxies, the last one's scheme: it is the one that is trusted. */
const schemeIn = (header: string | undefined): string | undefined =>
  /(?:^|,)\s*(https?)\s*$/i.exec(header ?? '')?.[1]?.toLowerCase()

/**
 * The headers of a request as workerd gets them: with the client's address and place, and without what clients claim. A
 * body without a length keeps its `transfer-encoding`: otherwise Node would not mark the end of a GET body.
 */
export const forwardedHeaders = (
  { headers, socket }: IncomingMessage,
  isTrusted: IsTrusted,
  locate: Locate,
): IncomingHttpHeaders => {
  const remote = plainAddress(socket.remoteAddress ?? '')
  const client = clientAddress(remote, headers, isTrusted)
  const scheme = isTrusted(remote) ? schemeIn(String(headers['x-forwarded-proto'] ?? '')) : undefined
  return {
    ...without(headers, name => HOP_BY_HOP.includes(name) || CLAIMS.test(name)),
    'cf-connecting-ip': client,
    [CF_HEADER]: jsonOf(locate(client)),
    ...(scheme !== undefined && { 'x-forwarded-proto': scheme }),
  }
}

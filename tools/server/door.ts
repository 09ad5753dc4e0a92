import { once } from 'node:events'
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { isIPv6 } from 'node:net'
import { pipeline } from 'node:stream'
import { type Assets, answerAsset } from './assets.ts'
import { clientAddress } from './clientAddress.ts'
import { type IsTrusted, plainAddress } from './trustedProxies.ts'

export interface DoorOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly trusted: IsTrusted
  /** The files that are served without workerd. */
  readonly assets: Assets
  /** Where workerd listens, on this machine. */
  readonly inner: URL
}

/** A reverse proxy in front of workerd. */
export interface Door {
  /** Without a trailing slash. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Headers of a single connection.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect']

/** Claims about the client, and headers that control Miniflare: `mf-cf-blob` sets the location. */
const CLAIMS = /^(?:mf-|x-forwarded-|cf-connecting-ip(?:v6)?$|forwarded$)/

const without = (headers: IncomingHttpHeaders, isExcluded: (name: string) => boolean): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isExcluded(name)))

/** A body without a length keeps its `transfer-encoding`: otherwise Node would not mark the end of a GET body. */
const forwardedHeaders = ({ headers, socket }: IncomingMessage, isTrusted: IsTrusted): IncomingHttpHeaders => {
  const remote = socket.remoteAddress ?? ''
  const scheme = headers['x-forwarded-proto']
  return {
    ...without(headers, name => HOP_BY_HOP.includes(name) || CLAIMS.test(name)),
    'cf-connecting-ip': clientAddress(remote, headers, isTrusted),
    ...(scheme !== undefined && isTrusted(plainAddress(remote)) && { 'x-forwarded-proto': scheme }),
  }
}

const UNAVAILABLE = JSON.stringify({
  error: { code: 'unavailable', message: 'The request could not be handled right now. Try again.' },
})

const sendUnavailable = (response: ServerResponse): void => {
  if (response.headersSent) response.destroy()
  else response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '5' }).end(UNAVAILABLE)
}

const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'

const urlOf = (host: string, port: number): string => {
  if (isAnyAddress(host)) return `http://127.0.0.1:${port}`
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

/**
 * Forwards requests to workerd with the client's address. workerd itself passes the socket's address in a header that it
 * leaves out when the client has sent the same header.
 * @example const door = await openDoor({ host: '127.0.0.1', port: 8787, trusted: () => false, inner })
 */
export const openDoor = async ({ host, port, trusted, assets, inner }: DoorOptions): Promise<Door> => {
  // workerd closes idle connections after five seconds. Closing them earlier means that none closes during a request.
  const agent = new Agent({ keepAlive: true, timeout: 4_000 })
  const server = createServer((request, response) => {
    if (answerAsset(assets, request, response)) return
    const forwarded = httpRequest(
      {
        agent,
        host: inner.hostname,
        port: inner.port,
        method: request.method,
        path: request.url,
        headers: forwardedHeaders(request, trusted),
      },
      answer => {
        if (response.destroyed) return void answer.destroy()
        const headers = without(answer.headers, name => HOP_BY_HOP.includes(name) || name === 'transfer-encoding')
        response.writeHead(answer.statusCode ?? 502, headers)
        pipeline(answer, response, () => {})
      },
    )
    pipeline(request, forwarded, () => {})
    forwarded.on('error', () => sendUnavailable(response))
    // The client has disconnected.
    response.on('close', () => {
      if (!response.writableFinished) forwarded.destroy()
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const close = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
    agent.destroy()
  }
  return { url: urlOf(host, typeof address === 'object' && address ? address.port : port), close }
}

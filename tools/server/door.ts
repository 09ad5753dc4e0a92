import { once } from 'node:events'
import { Agent, createServer, request as httpRequest, type ServerResponse } from 'node:http'
import { isIPv6 } from 'node:net'
import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type Assets, answerAsset } from './assets.ts'
import { answeredHeaders, forwardedHeaders } from './forwardedHeaders.ts'
import type { Locate } from './geoDatabase.ts'
import type { IsTrusted } from './trustedProxies.ts'
import { warnOfUntrusted } from './warnOfUntrusted.ts'
import { isZippable, zippedHeaders } from './zip.ts'

export interface DoorOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly trusted: IsTrusted
  /** The files that are served without workerd. */
  readonly assets: Assets
  readonly locate: Locate
  /** Where workerd listens, on this machine. */
  readonly inner: URL
}

/** A reverse proxy in front of workerd. */
export interface Door {
  /** Without a trailing slash. */
  readonly url: string
  close(): Promise<void>
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
 * Forwards requests to workerd with the client's address and place, neither of which workerd finds out itself.
 * @example const door = await openDoor({ host: '127.0.0.1', port: 8787, trusted, locate, assets, inner })
 */
export const openDoor = async ({ host, port, trusted, locate, assets, inner }: DoorOptions): Promise<Door> => {
  // workerd closes idle connections after five seconds. Closing them earlier means that none closes during a request.
  const agent = new Agent({ keepAlive: true, timeout: 4_000 })
  const check = warnOfUntrusted(trusted, sentence => console.error(sentence))
  const server = createServer((request, response) => {
    check(request)
    if (answerAsset(assets, request, response)) return
    const forwarded = httpRequest(
      {
        agent,
        host: inner.hostname,
        port: inner.port,
        method: request.method,
        path: request.url,
        headers: forwardedHeaders(request, trusted, locate),
      },
      answer => {
        if (response.destroyed) return void answer.destroy()
        const headers = answeredHeaders(answer.headers)
        if (isZippable(request, answer)) {
          response.writeHead(200, zippedHeaders(headers))
          return void pipeline(answer, createGzip(), response, () => {})
        }
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

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A shop's answer: a page, JSON, or a redirect. */
export type ShopAnswer = { readonly html: string } | { readonly json: unknown } | { readonly to: string }

/** A request to a shop's routes. */
export interface ShopRequest {
  readonly method: string
  readonly url: URL
  readonly body: URLSearchParams
}

/** A shop with one visitor, and the state of its routes. */
export interface Shop {
  /** Quantities by product. */
  readonly cart: Map<number, number>
  readonly answer: (request: ShopRequest) => ShopAnswer | undefined
}

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const text = Buffer.concat(parts).toString()
  if (!request.headers['content-type']?.startsWith('multipart/')) return new URLSearchParams(text)
  const fields = [...text.matchAll(/name="([^"]+)"\r\n\r\n(.*)\r\n/g)]
  return new URLSearchParams(fields.map(([, name, value]) => [name, value] as [string, string]))
}

const HTML = 'text/html; charset=utf-8'

/** Sends the headers at once: Chromium requests an address again only once it knows that the response cannot be cached. */
const send = async (answer: ShopAnswer | undefined, response: ServerResponse, wait: Promise<unknown> | undefined) => {
  if (answer && 'to' in answer) return void response.writeHead(302, { location: answer.to }).end()
  const isPage = answer && 'html' in answer
  response.writeHead(answer ? 200 : 404, {
    'content-type': isPage ? HTML : 'application/json',
    'cache-control': 'no-store',
  })
  response.flushHeaders()
  await wait
  response.end(isPage ? answer.html : JSON.stringify(answer?.json ?? {}))
}

/** Serves a shop on a port of its own. */
export class ShopServer {
  /** Method and path of every request, in order. */
  readonly requests: string[] = []
  /** By path, the promises that its next responses wait for, in order. */
  readonly waits = new Map<string, Promise<unknown>[]>()
  #shop: Shop | undefined
  readonly #server = createServer(async (request, response) => {
    const method = request.method ?? 'GET'
    const url = new URL(request.url ?? '/', this.url('/'))
    this.requests.push(`${method} ${url.pathname}`)
    const answer = this.#shop?.answer({ method, url, body: await bodyOf(request) })
    await send(answer, response, this.waits.get(url.pathname)?.shift())
  })

  async start(): Promise<void> {
    await once(this.#server.listen(0), 'listening')
  }

  /** Switches to another shop and clears the requests. */
  show(shop: Shop): void {
    this.#shop = shop
    this.requests.length = 0
    this.waits.clear()
  }

  url(path: string): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}${path}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'
import type { Beacon, WireRecord } from '../../shared/wire'
import { downloads } from '../../tools/snippet/build'
import type { SCRIPTS } from '../../tools/snippet/scripts'

/** The collector's answer to a beacon. */
interface Reply {
  /** 0 closes the connection. */
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The answer waits for this; the record is stored at once. */
  readonly after?: Promise<void>
}

interface Served {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

/** An event or a page view as received, with the fields of both. */
export type Received = WireRecord & { k?: string; o?: Record<string, unknown>; m?: number; d?: number; c?: number }

const STORED: Reply = { status: 204 }
const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-footfall-dropped' }

const textOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** A web server with the snippet and a collector that stores what it receives, in order of arrival. */
export class Collector {
  readonly beacons: Beacon[] = []
  readonly requests: IncomingMessage[] = []
  reply: Reply = STORED
  /** A page closed by one test may still send; the next test ignores it. */
  #test = 0
  readonly #pages = new Map<string, Served>()
  readonly #server = createServer((request, response) => this.#answer(request, response))
  #scripts: Readonly<Record<string, string>> = {}

  async start(): Promise<this> {
    this.#scripts = await downloads()
    await once(this.#server.listen(0), 'listening')
    return this
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** The address of a path, on the site's own host by default. */
  url(path: string, host = 'localhost'): string {
    return `http://${host}:${(this.#server.address() as AddressInfo).port}${path}`
  }

  /** A script tag with attributes. */
  tag(attributes = '', name: keyof typeof SCRIPTS = 's.js'): string {
    return `<script defer src="${this.url(`/${this.#test}/${name}`)}" data-site="localhost" ${attributes}></script>`
  }

  /** Serves `body` at every path that begins with `path`, with the script tag and its attributes. */
  serve(path: string, body: string, attributes = '', headers: Readonly<Record<string, string>> = {}): void {
    this.show(path, `${this.tag(attributes)}<body>${body}`, headers)
  }

  /** Serves a page with its own tags at every path that begins with `path`. */
  show(path: string, page: string, headers: Readonly<Record<string, string>> = {}): void {
    const html = `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="data:,">${page}`
    this.#pages.set(path, { html, headers })
  }

  /** Clears pages, replies and received records. */
  reset(): void {
    this.#test += 1
    this.#pages.clear()
    this.beacons.length = 0
    this.requests.length = 0
    this.reply = STORED
  }

  get records(): Received[] {
    return this.beacons.flatMap(beacon => beacon.e as readonly Received[])
  }

  /** Page views when they began, without their totals. */
  get views(): Received[] {
    return this.records.filter(({ k, d }) => k === undefined && d === undefined)
  }

  /** Running totals of page views. */
  get totals(): Received[] {
    return this.records.filter(({ k, d }) => k === undefined && d !== undefined)
  }

  get events(): Received[] {
    return this.records.filter(({ k }) => k !== undefined)
  }

  /** Paths of the page views that began, with query and fragment. */
  get paths(): string[] {
    return this.views.map(({ u }) => u.slice(new URL(u).origin.length))
  }

  /** Waits for at least so many. */
  async until(what: 'views' | 'totals' | 'events' | 'records', count: number): Promise<Received[]> {
    await vi.waitFor(
      () => {
        if (this[what].length < count) throw new Error(`${this[what].length} of ${count} ${what} have come.`)
      },
      { timeout: 10_000, interval: 10 },
    )
    return this[what]
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path.endsWith('/v1/e')) await this.#take(request, response, this.#isOld(path))
    else this.#serve(path, response)
  }

  #isOld(path: string): boolean {
    const test = /^\/(\d+)\//.exec(path)?.[1]
    return test !== undefined && Number(test) !== this.#test
  }

  async #take(request: IncomingMessage, response: ServerResponse, old: boolean): Promise<void> {
    const body = await textOf(request)
    if (body !== '' && !old) {
      this.requests.push(request)
      this.beacons.push(JSON.parse(body))
    }
    const { status, headers, body: answer, after } = body === '' ? STORED : this.reply
    await after
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { ...CORS, ...headers }).end(answer)
  }

  #serve(path: string, response: ServerResponse): void {
    const script = this.#scripts[/(?:m\/)?[^/]*$/.exec(path)?.[0] ?? '']
    if (script !== undefined)
      return void response.writeHead(200, { 'content-type': 'text/javascript', ...CORS }).end(script)
    const longest = [...this.#pages.keys()].sort((a, b) => b.length - a.length)
    const page = this.#pages.get(longest.find(start => path.startsWith(start)) ?? '')
    response
      .writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers })
      .end(page?.html)
  }
}

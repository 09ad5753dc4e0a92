import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { seedDemo } from '../../tools/demoData/seed.ts'
import { type Server, startServer } from '../../tools/server/server.ts'
import { AS_A_PERSON, findChromium } from '../chromium.ts'

/** Chromium that a person could use: headless ones are not counted as visitors. Blogs are on this machine. */
const FLAGS = [
  ...AS_A_PERSON,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36',
  '--host-resolver-rules=MAP *.blog.example 127.0.0.1',
]

/** Servers, websites and browsers for tries. Everything ends with `close`. */
export class World {
  readonly #endings: (() => Promise<unknown>)[] = []
  #browser: Browser | undefined
  #demo: Promise<Server> | undefined

  /** A server as its owner first starts it. */
  async newServer(): Promise<Server> {
    const dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
    const server = await startServer({ port: 0, dataDir, quiet: true })
    this.#endings.push(() => server.stop().then(() => rm(dataDir, { recursive: true })))
    return server
  }

  /** A server with four months of a shop and of a product. */
  demo(): Promise<Server> {
    this.#demo ??= this.newServer().then(async server => {
      await seedDemo(server)
      await server.runCron()
      return server
    })
    return this.#demo
  }

  /** A website of one page, the same at any of its names. Returns its port. */
  async website(html: string): Promise<number> {
    const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
    await once(site.listen(0, '127.0.0.1'), 'listening')
    this.#endings.push(async () => {
      site.closeAllConnections()
      site.close()
    })
    return (site.address() as AddressInfo).port
  }

  async tab(options: BrowserContextOptions): Promise<Page> {
    this.#browser ??= await chromium.launch({ executablePath: await findChromium(), args: FLAGS })
    const context = await this.#browser.newContext({ locale: 'en-GB', ...options })
    return context.newPage()
  }

  async close(): Promise<void> {
    await this.#browser?.close()
    for (const end of this.#endings.splice(0)) await end()
  }
}

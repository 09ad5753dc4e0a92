import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PROJECT } from '../../tools/config.ts'
import type { Store } from '../../tools/server/store.ts'

export const ADMIN_TOKEN = 'the-admin-token-of-the-torture-run'

/** An unused port. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** `npm start`, the program itself, in processes of its own. */
export class LocalServer {
  readonly url: string
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown>
  #printed = ''

  /** Its output so far. */
  get printed(): string {
    return this.#printed
  }

  constructor(port: number, dataDir: string, store: Store = 'd1') {
    this.url = `http://127.0.0.1:${port}`
    // A process group of its own, so that one signal kills the program and its workerd.
    this.#child = spawn(process.execPath, [join(PROJECT, 'tools/start.ts'), '--store', store], {
      cwd: PROJECT,
      env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir, ADMIN_TOKEN, TRUST_PROXY: 'loopback' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#exit = once(this.#child, 'close')
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', chunk => {
        this.#printed += chunk
      })
    }
  }

  /** Resolves when the server reports that it runs and is healthy. */
  async ready(): Promise<void> {
    while (!this.#printed.includes('Footfall is running')) {
      await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), this.#exit])
      if (this.#child.exitCode !== null) throw new Error(`The server did not start:\n${this.#printed}`)
    }
    const response = await fetch(`${this.url}/health`)
    const answer = await response.text()
    if (answer !== '{"status":"ok"}') throw new Error(`GET /health answered ${response.status}: ${answer}`)
  }

  #signal(signal: 'SIGKILL' | 'SIGTERM'): void {
    const { pid, exitCode, signalCode } = this.#child
    if (pid === undefined || exitCode !== null || signalCode !== null) return
    process.kill(-pid, signal)
  }

  /** Sends SIGKILL to all its processes at once. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL')
    await this.#exit
  }
}

import { startServer } from '../../../tools/server/server.ts'
import type { Figures } from '../figures.ts'
import { inFolder } from '../folders.ts'

const BEACONS = 3000
const WARM = 500
const CLIENTS = 16
const VISITORS = 200

const send = async (url: string, number: number): Promise<void> => {
  const visitor = number % VISITORS
  const now = Date.now()
  const record = { i: number, t: now, u: `http://localhost/articles/${number % 50}`, r: '', m: 0, c: 0 }
  const response = await fetch(`${url}/v1/e`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      origin: 'http://localhost',
      'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + (visitor % 40)}.0) Gecko/20100101 Firefox/143.0`,
      'cf-connecting-ip': `10.0.0.${visitor}`,
    },
    body: JSON.stringify({ v: 1, s: 'localhost', n: now, e: [record] }),
  })
  const dropped = response.headers.get('x-footfall-dropped')
  if (response.status !== 204 || dropped) throw new Error(`a beacon was answered ${response.status} ${dropped}`)
}

const sendAll = async (url: string, from: number, to: number): Promise<void> => {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index).values()
  const client = async (): Promise<void> => {
    for (const number of numbers) await send(url, number)
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** Beacons over HTTP to the local server, with the client on the same machine: for information. */
export const measureHttp = (): Promise<Figures> =>
  inFolder(async folder => {
    const server = await startServer({ port: 0, dataDir: folder, quiet: true })
    try {
      await sendAll(server.url, 0, WARM)
      const began = performance.now()
      await sendAll(server.url, WARM, WARM + BEACONS)
      return { http_beacons_per_second: (BEACONS * 1000) / (performance.now() - began) }
    } finally {
      await server.stop()
    }
  })

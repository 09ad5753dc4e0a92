import { Miniflare } from 'miniflare'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkerConfig } from '../../tools/config'
import { workerdOptions } from '../../tools/server/workerd'
import { temporaryFolder } from './folder'

const ECHO = `export default {
  fetch: (request, env) => Response.json({
    address: request.headers.get('cf-connecting-ip'),
    country: request.cf?.country ?? null,
    demo: env.DEMO ?? null,
    token: env.ADMIN_TOKEN,
  })
}`

const ask = async (demo: boolean, headers: Record<string, string> = {}) => {
  const options = { host: '127.0.0.1', port: 0, dataDir: await temporaryFolder(), adminToken: 'a', demo, quiet: true }
  const miniflare = new Miniflare(workerdOptions(readWorkerConfig(), ECHO, options))
  onTestFinished(() => miniflare.dispose())
  return (await fetch(await miniflare.ready, { headers })).json()
}

test("the Worker sees the client's address, no invented location, and its bindings", async () => {
  expect(await ask(true)).toEqual({ address: '127.0.0.1', country: null, demo: '1', token: 'a' })
  expect(await ask(false)).toEqual({ address: '127.0.0.1', country: null, demo: null, token: 'a' })
})

test('a client on this machine can act for another address', async () => {
  expect(await ask(true, { 'cf-connecting-ip': '203.0.113.7' })).toMatchObject({ address: '203.0.113.7' })
})

import type { Server } from '../../tools/server/server.ts'
import type { Try } from './try.ts'
import type { World } from './world.ts'

const CLIENTS = Array.from({ length: 20 }, (_, client) => `client-${client + 1}.example`)

const call = async ({ url, adminToken }: Server, path: string, body: unknown): Promise<void> => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const { ok, status } = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!ok) throw new Error(`POST ${path} responded with ${status}.`)
}

/** A server with 20 sites that had visitors today. */
const server = async (world: World): Promise<Server> => {
  const found = await world.newServer()
  for (const [at, domain] of CLIENTS.entries()) {
    await call(found, '/sites', { domain })
    const events = Array.from({ length: at + 1 }, (_, visitor) => ({
      name: 'page_view',
      visitor_id: `v${visitor}`,
      url: `https://${domain}/`,
    }))
    await call(found, `/events?site=${domain}`, { events })
  }
  return found
}

export const agency: Try = {
  who: 'Agency with 20 sites',
  cameFor: 'visitors of every client’s site, in one list',
  stumbles: 'Nothing: the list is the first page after signing in.',
  server,
  walk: async (walk, _, { adminToken }) => {
    await walk.signIn(adminToken)
    const rows = walk.region('Sites').getByRole('row')
    for (const [at, domain] of CLIENTS.entries()) {
      const visitors = rows
        .filter({ has: walk.link(domain) })
        .locator('[data-value]')
        .last()
      const shown = await walk.read(visitors)
      if (Number(shown) !== at + 1) throw new Error(`${domain} shows ${shown} visitors instead of ${at + 1}.`)
    }
    return `${CLIENTS.length} sites`
  },
}

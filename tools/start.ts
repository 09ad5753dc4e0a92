import { parseArgs } from 'node:util'
import { ask } from './server/ask.ts'
import { serve } from './server/serve.ts'
import type { Server } from './server/server.ts'

const scriptTag = async ({ url, adminToken }: Server): Promise<string> => {
  const { text } = await ask(`${url}/api/v1/sites`, { token: adminToken })
  const { sites }: { sites: { domain: string; tag: string }[] } = JSON.parse(text)
  return sites.find(site => site.domain === 'localhost')?.tag ?? ''
}

const { values } = parseArgs({ options: { store: { type: 'string' } } })
const { server, hasDemo, tokenLine } = await serve('.data', values.store)
const lines = [
  'Footfall is running. Press Ctrl-C to stop it. Your data is kept.',
  '',
  `  Dashboard    ${server.url}/`,
  ...(hasDemo ? [`  Demo shop    ${server.url}/demo/`, `  Script tag   ${await scriptTag(server)}`] : []),
]
console.log([...lines, ...(tokenLine === '' ? [] : [tokenLine])].join('\n'))

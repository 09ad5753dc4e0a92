import { seedDemo } from './demoData/seed.ts'
import { DEMO_SITES } from './demoData/sites.ts'
import { serve } from './server/serve.ts'

const { server, tokenLine } = await serve('.demo')
const started = performance.now()
console.log('Simulating four months of traffic. This takes about a minute.')
await seedDemo(server, { report: console.log })
console.log('Building sessions and daily rollups')
await server.runCron()
const seconds = Math.round((performance.now() - started) / 1000)
const lines = [
  `Footfall is running with simulated data, ready after ${seconds} s. Press Ctrl-C to stop it. The next start replaces the data.`,
  '',
  ...DEMO_SITES.map(({ domain, name }) => `  ${name.padEnd(18)} ${server.url}/?site=${domain}`),
]
console.log([...lines, ...(tokenLine === '' ? [] : [tokenLine])].join('\n'))

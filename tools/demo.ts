import { seedDemo } from './demoData/seed.ts'
import { DEMO_SITES } from './demoData/sites.ts'
import { serve } from './server/serve.ts'

const { server, tokenLine } = await serve('.demo')
const started = performance.now()
console.log('Filling the demo with four months of simulated visits. This takes about a minute.')
await seedDemo(server, { report: console.log })
console.log('Building sessions and daily rollups')
await server.runCron()
const seconds = Math.round((performance.now() - started) / 1000)
const lines = [
  `Footfall is running with simulated data, ready after ${seconds} s. Press Ctrl-C to stop it; the next start replaces the data.`,
  '',
  ...DEMO_SITES.map(({ domain, name }) => `  ${name.padEnd(18)} ${server.url}/?site=${domain}`),
]
console.log([...lines, ...(tokenLine === '' ? [] : [tokenLine])].join('\n'))

import { seedDemo } from './demo/seed.ts'
import { DOMAIN } from './demo/world.ts'
import { serve } from './serve.ts'

const { server, tokenLine } = await serve('.demo')
console.log(`Filling ${DOMAIN} with two months of a shop that does not exist…`)
await seedDemo(server)
const lines = [
  'Footfall is running with made-up data. Ctrl-C stops it; the next start makes them anew.',
  '',
  `  Dashboard    ${server.url}/?site=${DOMAIN}`,
]
console.log([...lines, ...(tokenLine === '' ? [] : [tokenLine])].join('\n'))

import { writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { PROJECT } from '../tools/project.ts'
import { runTries } from './tries/runTries.ts'
import { triesDocument } from './tries/triesDocument.ts'

const DOCUMENT = join(PROJECT, 'docs/tries.md')

const { tried, speeds } = await runTries()
for (const { who, clicks, seconds, shown } of tried)
  console.log(`${who}: ${clicks} clicks, ${seconds.toFixed(1)} s, ${shown}`)
console.log(`The overview took ${Math.round(speeds.overview)} ms, a filter ${Math.round(speeds.filter)} ms.`)
const machine = `${cpus()[0]?.model ?? 'an unknown processor'}, ${availableParallelism()} cores`
await writeFile(DOCUMENT, triesDocument(tried, speeds, new Date().toISOString().slice(0, 10), machine))
console.log(`Written to ${DOCUMENT}.`)

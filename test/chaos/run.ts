import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PROJECT } from '../../tools/config.ts'
import { beaconsPart } from './beacons.ts'
import { bodiesPart } from './bodies.ts'
import { killsPart } from './kills.ts'
import type { Outcome, Part } from './part.ts'

/** In run order. */
const PARTS: readonly Part[] = [killsPart, bodiesPart, beaconsPart]

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
  allowPositionals: true,
})
const seed = Number(values.seed)
const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))

const section = ({ name, about }: Part, { figures }: Outcome): string =>
  [`## ${name}`, about, table(figures)].join('\n\n')

const table = (figures: Outcome['figures']): string =>
  ['| | |', '|---|--:|', ...Object.entries(figures).map(([what, count]) => `| ${what} | ${count} |`)].join('\n')

const sections: string[] = []
let failed = false
for (const part of chosen) {
  console.log(`== ${part.name}, seed ${seed}`)
  const outcome = await part.run(seed)
  const text = section(part, outcome)
  console.log(`${text}\n`)
  for (const line of outcome.failures.slice(0, 20)) console.error(line)
  failed ||= outcome.failures.length > 0
  sections.push(text)
}

if (failed) process.exitCode = 1
else if (chosen.length === PARTS.length) {
  const date = new Date().toISOString().slice(0, 10)
  const head = `<!-- Made by \`npm run torture\`. -->\n\n# Torture\n\nThe last full run of \`npm run torture\`: ${date}, seed ${seed}. Nothing failed.`
  await writeFile(join(PROJECT, 'docs/torture.md'), `${[head, ...sections].join('\n\n')}\n`)
}

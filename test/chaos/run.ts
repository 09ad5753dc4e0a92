import { readFile, writeFile } from 'node:fs/promises'
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
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    times: { type: 'string', default: '1' },
  },
  allowPositionals: true,
})
const seed = Number(values.seed)
const times = Number(values.times)
const chosen = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))

const DOCUMENT = join(PROJECT, 'docs/torture.md')
const HEAD =
  '<!-- Made by `npm run torture`. -->\n\n# Torture\n\nThe last runs of `npm run torture`, in which nothing failed.'

const table = (figures: Outcome['figures']): string =>
  ['| | |', '|---|--:|', ...Object.entries(figures).map(([what, count]) => `| ${what} | ${count} |`)].join('\n')

const section = ({ name, about }: Part, { figures }: Outcome): string => {
  const date = new Date().toISOString().slice(0, 10)
  return [`## ${name}`, `${about} Run on ${date} with seed ${seed}.`, table(figures)].join('\n\n')
}

/** Sections of the document, by the name of their part. */
const readSections = async (): Promise<Map<string, string>> => {
  const [, ...sections] = (await readFile(DOCUMENT, 'utf8')).trimEnd().split(/^(?=## )/m)
  return new Map(sections.map(text => [/^## (.*)/.exec(text)?.[1] ?? '', text.trimEnd()]))
}

const writeSection = async (part: Part, text: string): Promise<void> => {
  const sections = (await readSections()).set(part.name, text)
  const written = PARTS.flatMap(({ name }) => sections.get(name) ?? [])
  await writeFile(DOCUMENT, `${[HEAD, ...written].join('\n\n')}\n`)
}

for (const part of chosen) {
  console.log(`== ${part.name}, seed ${seed}`)
  const outcome = await part.run(seed, times)
  const text = section(part, outcome)
  console.log(`${text}\n`)
  for (const line of outcome.failures.slice(0, 20)) console.error(line)
  if (outcome.failures.length === 0) await writeSection(part, text)
  else process.exitCode = 1
}

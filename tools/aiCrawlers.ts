import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT } from './config.ts'

const LIST = 'https://raw.githubusercontent.com/ai-robots-txt/ai.robots.txt/main/robots.json'
const FILE = join(PROJECT, 'shared/aiCrawlers.ts')

/** Names that robots.txt knows and no request carries. */
const NOT_SENT = ['google-extended', 'applebot-extended', 'webzio-extended']
/** Words that other programs have in their names, and programs that are no AI service's. */
const TOO_COMMON = ['code', 'cursor', 'facebookexternalhit', 'lcc', 'openai', 'operator', 'scrapy', 'spider', 'yak']

const withoutVersion = (name: string): string => name.replace(/\/[\d.]+$/, '')

/** The names of a list, each once whatever its capitals, in the order of the alphabet. */
const namesIn = (list: object): string[] => {
  const names = new Map(Object.keys(list).map(name => [withoutVersion(name).toLowerCase(), withoutVersion(name)]))
  for (const name of [...NOT_SENT, ...TOO_COMMON]) names.delete(name)
  return [...names].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name)
}

const fileOf = (names: readonly string[], day: string): string => `/**
 * Names in the user agents of AI services' crawlers and agents, from the list of ai.robots.txt (MIT licence) as it was on
 * ${day}. \`npm run ai-crawlers\` writes this file.
 * @see https://github.com/ai-robots-txt/ai.robots.txt
 */
export const AI_CRAWLERS: readonly string[] = [
${names.map(name => `  '${name}',`).join('\n')}
]
`

/** The list in a file, if one is named, or else the current one. */
const readList = async (path: string | undefined): Promise<object> =>
  path === undefined ? await (await fetch(LIST)).json() : JSON.parse(await readFile(path, 'utf8'))

const names = namesIn(await readList(process.argv[2]))
await writeFile(FILE, fileOf(names, process.argv[3] ?? new Date().toISOString().slice(0, 10)))
console.log(`${names.length} names are in shared/aiCrawlers.ts.`)

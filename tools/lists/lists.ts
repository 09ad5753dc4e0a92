import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CommandFailure } from '../failure.ts'
import { PROJECT } from '../project.ts'
import { agentsIn } from './agentsIn.ts'
import { AGENTS, type ListFile, type ListSource, NETWORKS, SPAMMERS } from './listSource.ts'
import { networksIn } from './networksIn.ts'

const LISTS = join(PROJECT, 'worker/collect/filter/lists.json')

const { values } = parseArgs({ options: { from: { type: 'string' } } })

/** A file as it was at its commit; with `--from`, from a folder that has a copy. */
const textOf = async ({ repository, version, file }: ListFile): Promise<string> => {
  if (values.from !== undefined) return readFile(join(values.from, file), 'utf8')
  const address = `https://raw.githubusercontent.com/${repository}/${version}/${file}`
  const response = await fetch(address)
  if (!response.ok) throw new CommandFailure(`${address} answered ${response.status}. Check its commit.`)
  return response.text()
}

const PACKAGE = join(PROJECT, 'node_modules/crawler-user-agents')

const readAgents = async (): Promise<string[]> => {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'))
  if (version !== AGENTS.version)
    throw new CommandFailure(`crawler-user-agents ${version} is installed. Enter it in tools/lists/listSource.ts.`)
  return agentsIn(JSON.parse(await readFile(join(PACKAGE, 'crawler-user-agents.json'), 'utf8')))
}

const part = ({ source, licence, version, date }: ListSource, entries: unknown) => ({
  source,
  licence,
  version,
  date,
  entries,
})

const run = async (): Promise<void> => {
  const spammers = (await textOf(SPAMMERS)).split('\n').flatMap(line => line.trim() || [])
  const lists = {
    agents: part(AGENTS, await readAgents()),
    networks: part(NETWORKS, networksIn(await textOf(NETWORKS))),
    spammers: part(SPAMMERS, [...new Set(spammers)].sort()),
  }
  await writeFile(LISTS, `${JSON.stringify(lists, null, 2)}\n`)
  console.log(`Wrote ${LISTS}.`)
}

await run().catch((error: unknown) => {
  if (!(error instanceof CommandFailure)) throw error
  console.error(error.message)
  process.exitCode = 1
})

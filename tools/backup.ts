import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { endMark } from './backupFile/endMark.ts'
import { CommandFailure } from './failure.ts'
import { connect, type Owner, runCommand } from './server/owner.ts'

const { values } = parseArgs({
  options: { site: { type: 'string' }, out: { type: 'string' }, url: { type: 'string' } },
})

const domainsOf = async ({ call }: Owner): Promise<string[]> => {
  const { sites }: { sites: { domain: string }[] } = JSON.parse((await call('GET', '/api/v1/sites')).text)
  const domains = sites.map(({ domain }) => domain)
  if (values.site === undefined) return domains
  if (!domains.includes(values.site))
    throw new CommandFailure(`There is no site "${values.site}". The sites are: ${domains.join(', ')}.`)
  return [values.site]
}

/** The parts of a site's backup, of which only one is in memory at a time. */
const partsOf = async function* ({ call }: Owner, domain: string): AsyncGenerator<string> {
  let query = ''
  for (;;) {
    const { text } = await call('GET', `/api/v1/sites/${domain}/backup${query}`)
    yield text
    const { next } = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
    if (next === null) return
    query = `?after=${encodeURIComponent(JSON.stringify(next))}`
  }
}

const rowsIn = (part: string): number => part.split('\n').filter(line => line.startsWith('[')).length

const writeTo = async (file: FileHandle, owner: Owner): Promise<void> => {
  const hash = createHash('sha256')
  for (const domain of await domainsOf(owner)) {
    let rows = 0
    for await (const part of partsOf(owner, domain)) {
      await file.writeFile(part)
      hash.update(part)
      rows += rowsIn(part)
    }
    console.log(`${domain}: ${rows} rows`)
  }
  await file.writeFile(endMark(hash.digest('hex')))
  await file.sync()
}

/** Writes a draft and renames it, so that a file with the final name is complete. Only its owner may read its secrets. */
const write = async (owner: Owner, out: string): Promise<void> => {
  const part = `${out}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await writeTo(file, owner).finally(() => file.close())
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

await runCommand(async () => {
  const out = values.out ?? `footfall-${new Date().toISOString().slice(0, 10)}.ndjson`
  const owner = await connect(values.url)
  try {
    await write(owner, out)
    console.log(`Backed up to ${out}. It contains the sites’ secrets: store it as safely as the data itself.`)
  } finally {
    await owner.stop()
  }
})

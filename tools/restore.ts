import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expectWhole } from './backupFile/expectWhole.ts'
import { type FilePart, filePartsIn } from './backupFile/filePart.ts'
import { CommandFailure } from './failure.ts'
import { connect, type Owner, runCommand } from './server/owner.ts'

const { values } = parseArgs({ options: { site: { type: 'string' }, in: { type: 'string' }, url: { type: 'string' } } })

const filePartsOf = async function* (paths: readonly string[]): AsyncGenerator<FilePart> {
  for (const path of paths) yield* filePartsIn(path)
}

/** The files of a backup: one, or all of a folder as the cron writes them to R2. Their server notices one that is missing. */
const filesOf = async (path: string): Promise<string[]> => {
  const stats = await stat(path).catch(() => null)
  if (!stats) throw new CommandFailure(`There is no file ${path}.`)
  if (stats.isFile()) {
    // The parts of one site have their own checksums: others need not be whole.
    if (values.site === undefined) await expectWhole(path)
    return [path]
  }
  const names = (await readdir(path)).filter(name => name.endsWith('.ndjson')).sort()
  if (names.length === 0) throw new CommandFailure(`The folder ${path} contains no backup.`)
  return names.map(name => join(path, name))
}

/** A new database comes with an empty site localhost, which may be replaced. */
const makeRoom = async ({ isNew, call }: Owner, domain: string): Promise<void> => {
  if (isNew && domain === 'localhost') await call('DELETE', '/api/v1/sites/localhost')
}

const send = async ({ call }: Owner, { domain, number, isLast, body }: FilePart): Promise<void> => {
  const { status, text, tries } = await call('POST', `/api/v1/sites/${domain}/restore`, { body, others: [409] })
  // A retried last part conflicts with itself when it was stored and only the answer was lost.
  if (status !== 409 || (isLast && tries > 1)) return
  throw new CommandFailure(`Part ${number} of ${domain}: ${JSON.parse(text).error.message}`)
}

/** @returns the domains that were restored */
const restore = async (owner: Owner, paths: readonly string[]): Promise<string[]> => {
  const restored: string[] = []
  let unfinished: string | undefined
  for await (const part of filePartsOf(paths)) {
    if (values.site !== undefined && part.domain !== values.site) continue
    if (part.number === 0) await makeRoom(owner, part.domain)
    await send(owner, part)
    unfinished = part.isLast ? undefined : part.domain
    if (part.isLast) {
      restored.push(part.domain)
      console.log(`${part.domain}: restored`)
    }
  }
  if (unfinished === undefined) return restored
  await owner.call('DELETE', `/api/v1/sites/${unfinished}/restore`)
  throw new CommandFailure(
    `The file is incomplete: it ends in the middle of ${unfinished}. That site was not restored.`,
  )
}

await runCommand(async () => {
  const path = values.in
  if (path === undefined)
    throw new CommandFailure('Name the file to restore: npm run restore -- --in footfall-2026-01-31.ndjson.')
  const files = await filesOf(path)
  const owner = await connect(values.url)
  try {
    const restored = await restore(owner, files)
    if (restored.length === 0) throw new CommandFailure(`${path} contains no ${values.site ?? 'site'}.`)
    console.log(
      'Backups contain no API keys: create new ones. A large site answers slowly until its sessions are rebuilt.',
    )
  } finally {
    await owner.stop()
  }
})

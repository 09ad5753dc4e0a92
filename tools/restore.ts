import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { CommandFailure } from './failure.ts'
import { connect, type Owner, runCommand } from './server/owner.ts'

const { values } = parseArgs({ options: { site: { type: 'string' }, in: { type: 'string' }, url: { type: 'string' } } })

interface Part {
  readonly domain: string
  readonly number: number
  readonly isLast: boolean
  readonly body: string
}

const partOf = (lines: readonly string[]): Part => {
  const head = JSON.parse(lines[0] ?? '')
  const domain = head.site?.domain ?? head.domain
  if (typeof domain !== 'string') throw new CommandFailure('This file is not a backup: one of its parts names no site.')
  const isLast = lines.at(-1) === '{"next":null}'
  return { domain, number: Number(head.part), isLast, body: `${lines.join('\n')}\n` }
}

/** The parts of a file, of which only one is in memory at a time. */
const partsIn = async function* (path: string): AsyncGenerator<Part> {
  let lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    lines.push(line)
    if (!line.startsWith('{"next":')) continue
    yield partOf(lines)
    lines = []
  }
}

/** A new database comes with an empty site localhost, which may be replaced. */
const makeRoom = async ({ isNew, call }: Owner, domain: string): Promise<void> => {
  if (isNew && domain === 'localhost') await call('DELETE', '/api/v1/sites/localhost')
}

const send = async ({ call }: Owner, { domain, number, isLast, body }: Part): Promise<void> => {
  const { status, text, tries } = await call('POST', `/api/v1/sites/${domain}/restore`, { body, others: [409] })
  // A retried last part conflicts with itself when it was stored and only the answer was lost.
  if (status !== 409 || (isLast && tries > 1)) return
  throw new CommandFailure(`Part ${number} of ${domain}: ${JSON.parse(text).error.message}`)
}

/** @returns the domains that were restored */
const restore = async (owner: Owner, path: string): Promise<string[]> => {
  const restored: string[] = []
  let unfinished: string | undefined
  for await (const part of partsIn(path)) {
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
  if (!(await stat(path).catch(() => null))?.isFile()) throw new CommandFailure(`There is no file ${path}.`)
  const owner = await connect(values.url)
  try {
    const restored = await restore(owner, path)
    if (restored.length === 0) throw new CommandFailure(`${path} contains no ${values.site ?? 'site'}.`)
    console.log(
      'Backups contain no API keys: create new ones. A large site answers slowly until its sessions are rebuilt.',
    )
  } finally {
    await owner.stop()
  }
})

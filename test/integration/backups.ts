import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import worker from '../../worker/index'
import { DICTIONARY_NAMES } from '../../worker/storage/assembled/dictionaryStatements'
import { BACKUP_TABLES } from '../../worker/storage/backup/backupTables'
import { addPartChecksum } from '../../worker/storage/backup/partChecksum'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import type { TestSite } from './setup'

/** Milliseconds for passing through a whole site many times. */
export const TIMEOUT = 120_000

export const owner = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
export const address = (domain: string, path: string) => `https://stats.example/api/v1/sites/${domain}/${path}`

/** The parts of a site's backup, each as its lines. */
export const backup = async ({ domain }: TestSite): Promise<string[]> => {
  const parts: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const response: Response = await exports.default.fetch(address(domain, `backup${after}`), { headers: owner })
    // workerd warns about .text() on other content types.
    const part = new TextDecoder().decode(await response.arrayBuffer())
    expect([response.status, part.slice(0, 200)]).toEqual([200, expect.any(String)])
    parts.push(part)
    const { next } = JSON.parse(part.trimEnd().split('\n').at(-1) ?? '')
    after = next && `?after=${encodeURIComponent(JSON.stringify(next))}`
  }
  return parts
}

const withoutChecksum = (part: string): string => part.replace(/,"sha256":"[0-9a-f]{64}"\}\n$/, '}\n')

/** A part as it was written before parts had checksums. */
export const inFormat = (version: 1 | 2 | 3 | 4 | 5, part: string): string =>
  withoutChecksum(part).replace('"version":6', `"version":${version}`)

/** A part with the checksum that its content has now. */
export const withChecksum = (part: string): Promise<string> => addPartChecksum(withoutChecksum(part))

export const restorePart = async (
  domain: string,
  body: string,
  db: D1Database = env.DB,
  headers: HeadersInit = owner,
) => {
  const request = new Request(address(domain, 'restore'), { method: 'POST', headers, body })
  const response = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
  const answer = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: answer.error?.code ?? null, answer }
}

export const restore = async ({ domain }: TestSite, parts: readonly string[]) => {
  for (const part of parts) expect(await restorePart(domain, part)).toMatchObject({ status: 200 })
}

export const idOf = async ({ domain }: TestSite) => (await findSite(d1(env.DB), domain))?.id ?? 0

/** The contents of a backup, as stored. */
export const FACTS: readonly string[] = [...DICTIONARY_NAMES, ...BACKUP_TABLES.map(({ table }) => table)]

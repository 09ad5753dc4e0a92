import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Store } from '../../tools/server/store.ts'

/** The events of a load in a database: the count of each mark, and the visible time of each page view. */
export interface Stored {
  readonly counts: ReadonlyMap<string, number>
  readonly seen: ReadonlyMap<string, number>
}

const MARKS = `
  select 'view ' || substr(p.path, 4) as mark, count(*) as count, max(v.seen) as seen
  from views v join pages p on p.id = v.page
  where p.path like '/v/%' group by p.path
  union all
  select 'event ' || (properties->>'n'), count(*), 0 from events where properties->>'n' is not null group by 1
  union all
  select 'order ' || substr(transaction_id, 2), count(*), 0 from events where transaction_id like 'T%' group by 1`

/** Where the events of the only site are. */
const FOLDERS = { d1: 'd1/miniflare-D1DatabaseObject', objects: 'objects/footfall-SiteObject' } as const

/**
 * Reads the database of a killed server from a copy: reading it in place would recover it,
 * which is the server's job.
 */
export const readStored = async (dataDir: string, store: Store = 'd1'): Promise<Stored> => {
  const folder = join(dataDir, FOLDERS[store])
  const copy = await mkdtemp(join(tmpdir(), 'footfall-copy-'))
  try {
    const names = (await readdir(folder)).filter(name => /^[0-9a-f]+\.sqlite(-wal)?$/.test(name))
    for (const name of names) await copyFile(join(folder, name), join(copy, name))
    const db = new DatabaseSync(join(copy, names.find(name => name.endsWith('.sqlite')) ?? ''))
    const rows = db.prepare(MARKS).all() as unknown as { mark: string; count: number; seen: number }[]
    db.close()
    return {
      counts: new Map(rows.map(({ mark, count }) => [mark, count])),
      seen: new Map(rows.map(({ mark, seen }) => [mark, seen])),
    }
  } finally {
    await rm(copy, { recursive: true })
  }
}

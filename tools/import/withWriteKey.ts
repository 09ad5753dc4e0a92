import type { Post } from '../../shared/importers/postRetrying.ts'
import { CommandFailure } from '../failure.ts'
import { connect, type Owner } from '../server/owner.ts'

export interface Right {
  readonly domain: string
  /** Of a deployed collector; the local one by default. */
  readonly url: string | undefined
  /** A write key; without one, a key is made for the run by the admin token. */
  readonly key: string | undefined
}

/** @param owner has every right; `null` for whoever has only a write key */
type Run = (post: Post, owner: Owner | null) => Promise<void>

/** The exit code of a command that was interrupted. */
const INTERRUPTED = 130

const originOf = (url: string): string => {
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (origin.startsWith('http')) return origin
  throw new CommandFailure(`--url is "${url}", but must be like https://stats.example.com.`)
}

/** Runs with a key that is deleted after it, also when the run fails or is interrupted. */
const withNewKey = async (owner: Owner, domain: string, run: Run): Promise<void> => {
  const { url, call } = owner
  const keys = `/api/v1/sites/${encodeURIComponent(domain)}/keys`
  const body = JSON.stringify({ name: 'import', scope: 'write' })
  const made: { id: string; key: string } = JSON.parse((await call('POST', keys, { body })).text)
  const remove = () => call('DELETE', `${keys}/${made.id}`)
  const interrupt = () => void remove().finally(() => process.exit(INTERRUPTED))
  process.once('SIGINT', interrupt)
  try {
    await run({ origin: url, key: made.key }, owner)
  } finally {
    process.off('SIGINT', interrupt)
    await remove()
  }
}

/**
 * Runs with the right to write to a site. Without a key one is made, and the local server is started unless it runs.
 * @throws CommandFailure when there is neither a key nor an admin token
 */
export const withWriteKey = async ({ domain, url, key }: Right, run: Run): Promise<void> => {
  const { PORT = '8787' } = process.env
  if (key) return run({ origin: originOf(url ?? `http://127.0.0.1:${PORT}`), key }, null)
  const owner = await connect(url)
  try {
    await withNewKey(owner, domain, run)
  } finally {
    await owner.stop()
  }
}

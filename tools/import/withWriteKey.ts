import type { Post } from '../../shared/importers/postRetrying.ts'
import { CommandFailure } from '../failure.ts'
import { connect } from '../server/owner.ts'

export interface Right {
  readonly domain: string
  /** Of a deployed collector; the local one by default. */
  readonly url: string | undefined
  /** A write key; without one, a key is made for the run by the admin token. */
  readonly key: string | undefined
}

const originOf = (url: string): string => {
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  if (origin.startsWith('http')) return origin
  throw new CommandFailure(`--url is "${url}", but must be like https://stats.example.com.`)
}

/**
 * Runs with the right to write to a site. A key that was made for the run is deleted after it. Without a key, the local
 * server is started unless it runs.
 * @throws CommandFailure when there is neither a key nor an admin token
 */
export const withWriteKey = async ({ domain, url, key }: Right, run: (post: Post) => Promise<void>): Promise<void> => {
  if (key) {
    const { PORT = '8787' } = process.env
    return run({ origin: originOf(url ?? `http://127.0.0.1:${PORT}`), key })
  }
  const owner = await connect(url)
  try {
    const keys = `/api/v1/sites/${encodeURIComponent(domain)}/keys`
    const body = JSON.stringify({ name: 'import', scope: 'write' })
    const made: { id: string; key: string } = JSON.parse((await owner.call('POST', keys, { body })).text)
    try {
      await run({ origin: owner.url, key: made.key })
    } finally {
      await owner.call('DELETE', `${keys}/${made.id}`)
    }
  } finally {
    await owner.stop()
  }
}

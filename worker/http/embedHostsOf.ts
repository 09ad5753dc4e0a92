import { Problem } from '../lib/problem'
import { hostOf } from './hostOf'

const MOST = 20

const PORT = /:([1-9]\d{0,4})$/

const badHosts = (): Problem =>
  new Problem(
    400,
    'bad_embed_hosts',
    `"embed_hosts" must be a list of at most ${MOST} hosts like client.example or localhost:3000.`,
  )

/** A host, with its port if it has one, as a Content-Security-Policy names it. */
const sourceOf = (given: unknown): string => {
  if (typeof given !== 'string') throw badHosts()
  const [port = ''] = PORT.exec(given.trim()) ?? []
  return `${hostOf(given.trim().slice(0, given.trim().length - port.length), 'embed_hosts')}${port}`
}

/**
 * The hosts that may show a share in a frame.
 * @throws Problem `bad_embed_hosts`, `bad_domain`
 */
export const embedHostsOf = (given: unknown): readonly string[] => {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given) || given.length > MOST) throw badHosts()
  return [...new Set(given.map(sourceOf))]
}

import { isFields } from '../parse/fields'
import { EdgeProblem } from './edgeProblem'
import type { EdgeQuery } from './edgeQuery'
import type { EdgeZone } from './edgeZone'

export const EDGE_ADDRESS = 'https://api.cloudflare.com/client/v4/graphql'

/** Milliseconds. */
const PATIENCE = 10_000
/** A thousand groups with long user agents are a fraction of it. */
const MOST_BYTES = 2_000_000

/** A group of requests of one user agent, and path if asked by it. */
export interface EdgeGroup {
  readonly count: number
  /** How many requests each counted one stands for. */
  readonly interval: number
  readonly userAgent: string
  readonly path: string
}

const MALFORMED = 'Cloudflare returned an answer that cannot be read.'

/** By status. The error texts of the answer are not repeated: they can hold what was sent. */
const STATUS_PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Cloudflare rejected the query: the zone’s plan may not include these analytics.',
  401: 'Cloudflare rejected the token in ANALYTICS_TOKEN: create another one with the permission Zone Analytics: Read.',
  403: 'The token in ANALYTICS_TOKEN may not read the analytics of this zone: give it the permission Zone Analytics: Read for it.',
  429: 'Cloudflare allows no more queries for now. The next attempt is in an hour.',
}

const isCount = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= least

const groupOf = (group: unknown): EdgeGroup => {
  const { count, avg, dimensions } = isFields(group) ? group : {}
  const interval = isFields(avg) ? avg.sampleInterval : undefined
  if (!isCount(count, 0) || !isCount(interval, 1) || !isFields(dimensions)) throw new EdgeProblem(MALFORMED)
  const { userAgent, clientRequestPath = '' } = dimensions
  if (typeof userAgent !== 'string' || typeof clientRequestPath !== 'string') throw new EdgeProblem(MALFORMED)
  return { count, interval, userAgent, path: clientRequestPath }
}

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (Array.isArray(found) ? found[Number(name)] : isFields(found) ? found[name] : undefined),
    value,
  )

/** @see https://developers.cloudflare.com/analytics/graphql-api/errors/ an answer with status 200 can hold errors */
const groupsIn = (answer: unknown): EdgeGroup[] => {
  const errors = at(answer, 'errors')
  if (Array.isArray(errors) && errors.length > 0) throw new EdgeProblem(STATUS_PROBLEMS[400] ?? MALFORMED)
  const groups = at(answer, 'data', 'viewer', 'zones', 0, 'httpRequestsAdaptiveGroups')
  if (!Array.isArray(groups)) throw new EdgeProblem(MALFORMED)
  return groups.map(groupOf)
}

const textOf = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) throw new EdgeProblem(MALFORMED)
    parts.push(part)
  }
  return new Blob(parts as BlobPart[]).text()
}

const answered = async (ask: () => Promise<string>): Promise<string> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof EdgeProblem) throw error
    throw new EdgeProblem('Cloudflare did not answer. The next attempt is in an hour.')
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new EdgeProblem(MALFORMED)
  }
}

/**
 * Asks Cloudflare's GraphQL API for groups of requests.
 * @throws EdgeProblem
 */
export const askEdge = async ({ token }: EdgeZone, query: EdgeQuery, ask: typeof fetch): Promise<EdgeGroup[]> => {
  const text = await answered(async () => {
    const response = await ask(EDGE_ADDRESS, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(query),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (response.ok) return textOf(response)
    await response.body?.cancel()
    throw new EdgeProblem(STATUS_PROBLEMS[response.status] ?? `Cloudflare answered with status ${response.status}.`)
  })
  return groupsIn(jsonOf(text))
}

import type { Context } from 'hono'
import { filteredOut } from '../collect/filter/filteredOut'
import type { IncomingEvent } from '../collect/parse/incomingEvent'
import { parseEvent } from '../collect/parse/parseEvent'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import type { SiteEngine } from '../site'
import type { SiteConfig } from '../storage/siteConfig'
import { countRejected } from './countRejected'
import { omittedCode, omittedCodes } from './omittedCodes'

/** A rejection of, or a warning about, one event of the call. */
interface Remark {
  readonly index: number
  readonly code: string
  readonly message: string
}

/** Bounds the answer. */
const MOST_WARNINGS = 1_000

const omissionRemarks = (index: number, omitted: ReadonlyMap<string, string>): Remark[] =>
  Array.from(omitted, ([name, message]) => ({
    index,
    code: omittedCode(name),
    message: `${message} The event is stored without it.`,
  }))

const eventOrProblem = (event: unknown, site: SiteConfig, now: number): IncomingEvent | Problem => {
  if (event instanceof Problem) return event
  try {
    const incoming = parseEvent(event, site, now)
    const reason = filteredOut(incoming, site)
    return reason === null
      ? incoming
      : new Problem(400, reason, "The site's settings.filters_out leaves this event out.")
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** What became of the events of a call. */
interface StoredEvents {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: readonly Remark[]
  readonly warnings?: readonly Remark[]
}

/**
 * Stores a server's events: valid ones are stored, invalid ones listed.
 * @param events a Problem stands for one that could not be read
 */
export const storeServerEvents = async (
  c: Context<HonoEnv>,
  site: SiteEngine,
  events: readonly unknown[],
): Promise<StoredEvents> => {
  const now = Date.now()
  const incoming: IncomingEvent[] = []
  /** The index in the call of each incoming event. */
  const indexes: number[] = []
  const refused: Remark[] = []
  const reject = (index: number, { code, message }: Problem) => refused.push({ index, code, message })
  for (const [index, event] of events.entries()) {
    const result = eventOrProblem(event, site.config, now)
    if (result instanceof Problem) {
      reject(index, result)
      continue
    }
    indexes.push(index)
    incoming.push(result)
  }
  const { duplicates, rejected, warnings: found } = await site.ingest(incoming, { isPartial: true })
  for (const { position, problem } of rejected) reject(indexes[position] ?? 0, problem)
  const rejectedAt = new Set(rejected.map(({ position }) => position))
  const omitting = incoming
    .map(({ omitted }, position) => ({ position, omitted }))
    .filter(({ position, omitted }) => omitted.size > 0 && !rejectedAt.has(position))
  const warnings = [
    ...found.map(({ position, warning }) => ({ index: indexes[position] ?? 0, ...warning })),
    ...omitting.flatMap(({ position, omitted }) => omissionRemarks(indexes[position] ?? 0, omitted)),
  ].slice(0, MOST_WARNINGS)
  const reasons = [...refused.map(({ code }) => code), ...omittedCodes(omitting)]
  await countRejected(c, site, [...reasons, ...Array<string>(duplicates).fill('duplicate')])
  for (const remarks of [refused, warnings]) remarks.sort((one, other) => one.index - other.index)
  const accepted = events.length - duplicates - refused.length
  return { accepted, duplicates, refused, ...(warnings.length > 0 && { warnings }) }
}

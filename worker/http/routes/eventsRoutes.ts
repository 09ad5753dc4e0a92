import { LIMITS } from '../../../shared/limits'
import { isFields } from '../../collect/parse/fields'
import type { IncomingEvent } from '../../collect/parse/incomingEvent'
import { parseEvent } from '../../collect/parse/parseEvent'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { WRITER_BY_QUERY } from '../access'
import { parseJson, readText } from '../body'
import { countRejected } from '../countRejected'
import { route } from '../route'
import { siteOf } from '../siteOf'

/** What is said of one event of the call. */
interface Remark {
  readonly index: number
  readonly code: string
  readonly message: string
}

/** Before anything is made of each: a body can hold millions. */
const bounded = <T>(events: readonly T[]): readonly T[] => {
  if (events.length <= LIMITS.eventsPerCall) return events
  throw new Problem(413, 'too_many_events', `A call may hold at most ${LIMITS.eventsPerCall} events.`)
}

const lineOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return new Problem(400, 'bad_json', 'The line is not readable as JSON.')
  }
}

/** A line that is no JSON refuses that line; a body that is no JSON refuses the call. */
const eventsOf = (text: string, contentType: string): readonly unknown[] => {
  if (/ndjson|jsonl|json-seq/i.test(contentType)) {
    return bounded(text.split('\n').filter(line => line.trim() !== '')).map(lineOf)
  }
  const body = parseJson(text)
  if (!isFields(body) || !Array.isArray(body.events)) {
    throw new Problem(400, 'bad_shape', 'Send {"events":[…]}, or one event a line as application/x-ndjson.')
  }
  return bounded(body.events)
}

const occurrenceOrProblem = (event: unknown, site: SiteConfig, now: number): IncomingEvent | Problem => {
  if (event instanceof Problem) return event
  try {
    return parseEvent(event, site, now)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** `POST /api/v1/events`: the good events are stored, the bad ones listed. */
export const eventsRoutes = [
  route('POST', '/api/v1/events', WRITER_BY_QUERY, async c => {
    const site = siteOf(c)
    const events = eventsOf(await readText(c.req.raw, LIMITS.eventsBytes), c.req.header('content-type') ?? '')
    const now = Date.now()
    const occurrences: IncomingEvent[] = []
    /** Of each occurrence, the event it is in the call. */
    const indexes: number[] = []
    const refused: Remark[] = []
    const refuse = (index: number, { code, message }: Problem) => refused.push({ index, code, message })
    for (const [index, event] of events.entries()) {
      const result = occurrenceOrProblem(event, site.config, now)
      if (result instanceof Problem) {
        refuse(index, result)
        continue
      }
      indexes.push(index)
      occurrences.push(result)
    }
    const stored = await site.ingest(occurrences, { isPartial: true })
    for (const { position, problem } of stored.rejected) refuse(indexes[position] ?? 0, problem)
    const warnings = stored.warnings.map(({ position, warning }) => ({ index: indexes[position] ?? 0, ...warning }))
    const { duplicates } = stored
    const reasons = refused.map(({ code }) => code)
    await countRejected(c, site, [...reasons, ...Array<string>(duplicates).fill('duplicate')])
    refused.sort((one, other) => one.index - other.index)
    const accepted = events.length - duplicates - refused.length
    return c.json({ accepted, duplicates, refused, ...(warnings.length > 0 && { warnings }) })
  }),
]

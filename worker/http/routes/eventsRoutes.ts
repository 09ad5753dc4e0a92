import { LIMITS } from '../../../shared/limits'
import { filteredOut } from '../../collect/filter/filteredOut'
import { isFields } from '../../collect/parse/fields'
import type { IncomingEvent } from '../../collect/parse/incomingEvent'
import { parseEvent } from '../../collect/parse/parseEvent'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { WRITER_BY_QUERY } from '../access'
import { parseJson, readText } from '../body'
import { countRejected } from '../countRejected'
import { omittedCode, omittedCodes } from '../omittedCodes'
import { route } from '../route'
import { siteOf } from '../siteOf'

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

/** Checked before the events are parsed: a body can contain millions. */
const bounded = <T>(events: readonly T[]): readonly T[] => {
  if (events.length <= LIMITS.eventsPerCall) return events
  throw new Problem(413, 'too_many_events', `A call may contain at most ${LIMITS.eventsPerCall} events.`)
}

const lineOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return new Problem(400, 'bad_json', 'The line is not valid JSON.')
  }
}

/** A line that is not JSON is rejected alone; a body that is not JSON is rejected whole. */
const eventsOf = (text: string, contentType: string): readonly unknown[] => {
  if (/ndjson|jsonl|json-seq/i.test(contentType)) {
    return bounded(text.split('\n').filter(line => line.trim() !== '')).map(lineOf)
  }
  const body = parseJson(text)
  if (!isFields(body) || !Array.isArray(body.events)) {
    throw new Problem(400, 'bad_shape', 'Send {"events":[…]}, or one event per line as application/x-ndjson.')
  }
  return bounded(body.events)
}

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

/** `POST /api/v1/events`: valid events are stored, invalid ones listed. */
export const eventsRoutes = [
  route('POST', '/api/v1/events', WRITER_BY_QUERY, async c => {
    const site = siteOf(c)
    const events = eventsOf(await readText(c.req.raw, LIMITS.eventsBytes), c.req.header('content-type') ?? '')
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
    return c.json({ accepted, duplicates, refused, ...(warnings.length > 0 && { warnings }) })
  }),
]

import { LIMITS } from '../../../shared/limits'
import { isFields } from '../../collect/parse/fields'
import { Problem } from '../../lib/problem'
import { WRITER_BY_QUERY } from '../access'
import { parseJson, readText } from '../body'
import { route } from '../route'
import { siteOf } from '../siteOf'
import { storeServerEvents } from '../storeServerEvents'

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

/** `POST /api/v1/events`: valid events are stored, invalid ones listed. */
export const eventsRoutes = [
  route('POST', '/api/v1/events', WRITER_BY_QUERY, async c => {
    const events = eventsOf(await readText(c.req.raw, LIMITS.eventsBytes), c.req.header('content-type') ?? '')
    return c.json(await storeServerEvents(c, siteOf(c), events))
  }),
]

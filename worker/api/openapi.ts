import { Hono } from 'hono'
import { IMPORTS, type ImportColumn, type ImportDefinition, importColumns } from '../../shared/imports'
import { LIMITS } from '../../shared/limits'
import { OPERATORS, PERIODS } from '../../shared/question'
import type { SiteSettings } from '../../shared/settings'
import { INTERVALS, STATUSES } from '../../shared/subscription'
import { DROPPED_HEADER } from '../../shared/wire'
import type { HonoEnv } from '../env'
import { DIMENSIONS } from '../metrics/dimensions'
import type { Parameter } from '../metrics/metric'
import { METRICS } from '../metrics/registry'
import { SCOPES } from '../store/keys'

type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
})
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const one = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const nullable = (type: string): Schema => ({ type: [type, 'null'] })

const json = (schema: Schema) => ({ 'application/json': { schema } })
const answers = (status: string, description: string, schema?: Schema) => ({
  [status]: { description, ...(schema && { content: json(schema) }) },
  '4XX': { description: 'What is wrong, in one sentence.', content: json(one('Problem')) },
  '503': { $ref: '#/components/responses/Unavailable' },
})
const body = (schema: Schema) => ({ required: true, content: json(schema) })
const inQuery = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  description,
  required,
  schema: text,
})
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text })
const secured = { security: [{ key: [] }] }

const ofParameter = ({ help, values, from, to, default: fallback }: Parameter): Schema => ({
  description: help,
  ...(from === undefined ? { type: 'string' } : { type: 'integer', minimum: from, maximum: to }),
  ...(values && { enum: values }),
  ...(fallback !== null && { default: fallback }),
})

const parameters = (): Schema =>
  object(
    Object.fromEntries(
      METRICS.filter(metric => metric.parameters.length > 0).map(metric => [
        metric.id,
        object(Object.fromEntries(metric.parameters.map(parameter => [parameter.name, ofParameter(parameter)]))),
      ]),
    ),
  )

const dimension = (): Schema => ({
  anyOf: [{ enum: DIMENSIONS.map(({ id }) => id) }, { type: 'string', pattern: '^property:.+' }],
})

/** Parameters that mean something in some events only, and are any property in every other one. */
const ofEvents = (events: string, parameters: Readonly<Record<string, string>>): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, description]) => [name, { description: `Of ${events}: ${description}` }]),
  )

const subscriptionFields = () =>
  ofEvents('subscription_start, subscription_change and subscription_cancel', {
    subscription_id: 'which one, where a person has several; a text or a whole number.',
    price: 'a number, for one piece and one interval, without tax.',
    quantity: 'a number above 0, of pieces or seats; 1 unless said otherwise.',
    interval: `what is paid for at a time: ${INTERVALS.join(', ')}; a month unless said otherwise.`,
    status: `${STATUSES.join(', ')}; active unless said otherwise.`,
  })

const surveyFields = () =>
  ofEvents('survey_response', {
    survey_id: 'which survey; a text or a whole number.',
    kind: 'nps, csat or one of your own.',
    score: 'a whole number, from 0 to 10 for nps, from 1 to 5 for csat.',
  })

const schemas = () => ({
  Problem: object({ error: object({ code: text, message: text }, ['code', 'message']) }, ['error']),
  Site: object({
    domain: text,
    name: text,
    timezone: text,
    currency: text,
    settings: one('Settings'),
    tag: text,
  }),
  ...settingsSchemas(),
  Event: object(
    {
      id: text,
      name: { type: 'string', maxLength: LIMITS.eventName },
      time: { type: ['string', 'integer'], description: 'ISO 8601 with its zone, or epoch milliseconds.' },
      visitor_id: text,
      user_id: text,
      ip: text,
      user_agent: text,
      url: { type: 'string', maxLength: LIMITS.url },
      referrer: text,
      country: text,
      currency: text,
      value: { type: 'number', minimum: 0, description: 'Without tax and shipping.' },
      tax: { type: 'number', minimum: 0 },
      shipping: { type: 'number', minimum: 0 },
      transaction_id: text,
      items: listOf({ type: 'object' }),
      ...subscriptionFields(),
      ...surveyFields(),
      engaged_seconds: { type: 'number', minimum: 0 },
      properties: { type: 'object' },
    },
    ['name'],
  ),
  Question: object(
    {
      site: text,
      metrics: listOf({ enum: METRICS.map(({ id }) => id) }),
      period: { oneOf: [{ enum: PERIODS }, object({ from: text, to: text }, ['from', 'to'])] },
      granularity: { enum: ['hour', 'day', 'week', 'month'] },
      dimensions: listOf(dimension()),
      filters: listOf({ type: 'array', prefixItems: [{ enum: OPERATORS }, dimension(), listOf(text)] }),
      compare: { const: 'previous_period' },
      parameters: parameters(),
      order_by: listOf({ type: 'array', prefixItems: [text, { enum: ['asc', 'desc'] }] }),
      limit: { type: 'integer', minimum: 1 },
      explain: { type: 'boolean', description: 'Each value says how it was made.' },
    },
    ['site', 'metrics'],
  ),
  ...importSchemas(),
  ...answerSchemas(),
})

/** An entry of a setting: a rule, and what it is given besides. */
const entry = (description: string, more: Record<string, Schema> = {}): Schema => ({
  description,
  anyOf: [text, object({ event: text, page: { type: 'string', pattern: '^/' }, feature: text, ...more })],
})

const retryAfter = { 'retry-after': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } }

const responses = () => ({
  Unavailable: {
    description: 'Not now, for the most part because the database has more to do than it can: send it again later.',
    headers: retryAfter,
    content: json(one('Problem')),
  },
})

const setting = (description: string, items: Schema): Schema => ({ description, type: ['array', 'null'], items })

const settingsSchemas = () => ({
  Rule: entry(
    'One of "event", "page" (a path, "*" for any run of characters) and "feature" (of feature_used). ' +
      'A text is short for it: a page when it begins with "/", else an event.',
  ),
  Settings: object({
    hostnames: setting('Hosts, besides the domain and those below it, whose pages may send beacons.', text),
    conversions: setting('Conversions besides the built-in ones.', one('Rule')),
    value_event: {
      description: 'What shows that somebody who signed up got value out of the product.',
      anyOf: [one('Rule'), { type: 'null' }],
    },
    product_qualified: setting(
      'What makes a trial a product-qualified lead, all of it.',
      entry('A rule, and how often it is to be met.', { times: { type: 'integer', minimum: 1, default: 1 } }),
    ),
    features: setting(
      'The features of the product.',
      entry('A name and a rule. A text is a name; without a rule it is the "feature" of feature_used.', { name: text }),
    ),
    retention_months: {
      description:
        'After how many months facts are removed for good, while the sums of their days stay; null to keep them. ' +
        'The cron does it, and it cannot be undone.',
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 120,
    },
  } satisfies Record<keyof SiteSettings, Schema>),
})

const answerSchemas = () => ({
  Value: object({
    value: nullable('number'),
    numerator: nullable('number'),
    denominator: nullable('number'),
    interval: { type: ['array', 'null'], items: { type: 'number' } },
    status: { enum: ['ok', 'low_sample', 'no_data', 'pending', 'needs_input', 'needs_identity'] },
    pending: { type: 'integer' },
    reason: text,
    currency: text,
    left_out: { type: 'integer' },
    parts: { type: 'object', additionalProperties: nullable('number'), description: 'What it is made of.' },
    percentile: { type: 'number', description: 'Of one user among all: the share with a score no higher.' },
    explanation: object({
      formula: text,
      numerator: text,
      denominator: nullable('string'),
      definitions: { type: 'object', additionalProperties: text, description: 'What the words of both mean.' },
      parameters: { type: 'object' },
      left_out: { type: 'object', additionalProperties: { type: 'integer' } },
    }),
    previous: nullable('number'),
    change: object({
      value: nullable('number'),
      interval: { type: ['array', 'null'] },
      verdict: { enum: ['up', 'down', 'no_clear_change'] },
    }),
  }),
  Answer: object({
    query: { type: 'object' },
    rows: listOf(
      object({
        time: text,
        dimensions: { type: 'object' },
        metrics: { type: 'object', additionalProperties: one('Value') },
      }),
    ),
    meta: object({ rows_read: { type: 'integer' }, duration_ms: { type: 'number' }, warnings: listOf(text) }),
  }),
  Now: object({
    visitors: { type: 'integer' },
    events: listOf(
      object({
        time: { type: 'string', format: 'date-time' },
        seconds_ago: { type: 'integer' },
        name: text,
        path: nullable('string'),
        channel: nullable('string'),
        country: nullable('string'),
        device: nullable('string'),
      }),
    ),
  }),
})

const collecting = () => ({
  '/s.js': { get: { summary: 'The snippet.', responses: { '200': { description: 'A script.' } } } },
  '/v1/e': {
    post: {
      summary: 'The beacon of the snippet.',
      requestBody: { required: true, content: { 'text/plain': { schema: text } } },
      responses: {
        '204': {
          description: 'Stored, safe on the queue, or deliberately dropped.',
          headers: { [DROPPED_HEADER]: { description: 'Why it was dropped.', schema: text } },
        },
        ...answers('4XX', 'Refused.', one('Problem')),
      },
    },
  },
  '/api/v1/events': {
    post: {
      summary: `Events of a server, up to ${LIMITS.eventsPerCall} a call; needs a write key.`,
      ...secured,
      parameters: [inQuery('site', "The site's domain.", true)],
      requestBody: {
        required: true,
        content: {
          ...json(object({ events: listOf(one('Event')) }, ['events'])),
          'application/x-ndjson': { schema: text },
        },
      },
      responses: answers(
        '200',
        'What became of each.',
        object({
          accepted: { type: 'integer' },
          duplicates: { type: 'integer' },
          refused: listOf(object({ index: { type: 'integer' }, code: text, message: text })),
        }),
      ),
    },
  },
})

const importForms: Readonly<Record<ImportColumn['form'], Schema>> = {
  day: { type: 'string', format: 'date' },
  text: { type: 'string', maxLength: LIMITS.itemField },
  count: { type: 'integer', minimum: 0 },
  amount: { type: 'number', minimum: 0 },
  currency: text,
}

const importSchemas = () => {
  const refused = listOf(object({ line: { type: 'integer' }, code: text, message: text }))
  return {
    Imported: object({ accepted: { type: 'integer' }, replaced: { type: 'integer' }, refused }),
    NotImported: { allOf: [one('Problem'), object({ refused })] },
  }
}

const importing = (definition: ImportDefinition) => {
  const columns = importColumns(definition)
  const row = object(
    Object.fromEntries(columns.map(({ name, help, form }) => [name, { ...importForms[form], description: help }])),
    columns.filter(({ required }) => required).map(({ name }) => name),
  )
  const path = `/api/v1/imports/${definition.kind}`
  return {
    [path]: {
      post: {
        summary: `${definition.help} Up to ${LIMITS.rowsPerImport} rows; needs a write key.`,
        ...secured,
        parameters: [
          inQuery('site', "The site's domain.", true),
          inQuery('partial', 'true stores the good rows although others are refused.'),
        ],
        requestBody: {
          required: true,
          content: {
            ...json({ anyOf: [object({ rows: listOf(row) }, ['rows']), listOf(row)] }),
            'text/csv': { schema: text },
          },
        },
        responses: {
          ...answers('200', 'What became of the rows.', one('Imported')),
          '422': { description: 'Nothing was stored, and why.', content: json(one('NotImported')) },
        },
      },
    },
    [`${path}/template.csv`]: {
      get: {
        summary: 'The header of its CSV with an example row.',
        responses: { '200': { description: 'The file.', content: { 'text/csv': { schema: text } } } },
      },
    },
  }
}

const owning = () => {
  const site = object({ domain: text, name: text, timezone: text, currency: text, settings: one('Settings') })
  const path = { parameters: [inPath('domain')] }
  const key = { id: text, name: text, scope: text, expires: nullable('string') }
  return {
    '/api/v1/sites': {
      get: {
        summary: 'All sites; needs the admin token.',
        ...secured,
        responses: answers('200', 'The sites.', object({ sites: listOf(one('Site')) })),
      },
      post: {
        summary: 'Adds a site; needs the admin token.',
        ...secured,
        requestBody: body(site),
        responses: answers('201', 'The site with its script tag.', one('Site')),
      },
    },
    '/api/v1/sites/{domain}': {
      ...path,
      patch: {
        summary: 'Changes a site; needs the admin token.',
        ...secured,
        requestBody: body(site),
        responses: answers('200', 'The site.', one('Site')),
      },
      delete: {
        summary: 'Removes a site and all its data; needs the admin token.',
        ...secured,
        responses: answers('204', 'Gone.'),
      },
    },
    '/api/v1/sites/{domain}/keys': {
      ...path,
      get: {
        summary: 'The keys of a site, without their secrets.',
        ...secured,
        responses: answers('200', 'The keys.', object({ keys: listOf(object({ ...key, created: text })) })),
      },
      post: {
        summary: 'Makes a key; the answer holds its secret, shown once.',
        ...secured,
        requestBody: body(
          object({ name: text, scope: { enum: SCOPES }, expires: { type: 'string', format: 'date-time' } }, [
            'name',
            'scope',
          ]),
        ),
        responses: answers('201', 'The key.', object({ ...key, key: text })),
      },
    },
    '/api/v1/sites/{domain}/keys/{id}': {
      parameters: [inPath('domain'), inPath('id')],
      delete: { summary: 'Removes a key.', ...secured, responses: answers('204', 'Gone.') },
    },
  }
}

const lookingAfterPeople = () => {
  const user = [inPath('domain'), inPath('user_id')]
  return {
    '/api/v1/sites/{domain}/users/{user_id}': {
      parameters: user,
      delete: {
        summary: 'Removes a person everywhere, sums included; needs the admin token.',
        ...secured,
        responses: answers('200', 'How much there was.', object({ removed: { type: 'object' } })),
      },
    },
    '/api/v1/sites/{domain}/users/{user_id}/export': {
      parameters: user,
      get: {
        summary: 'All that is held about a person; needs the admin token.',
        ...secured,
        responses: answers('200', 'Facts, purchases, ids and visits.', { type: 'object' }),
      },
    },
  }
}

const QUESTIONS = { oneOf: [one('Question'), listOf(one('Question'))] }

const ANSWERS = { oneOf: [one('Answer'), listOf({ oneOf: [one('Answer'), one('Problem')] })] }

const asking = () => ({
  '/api/v1/query': {
    post: {
      summary: `Answers a question, or a list of up to ${LIMITS.questionsPerCall} about one site; needs a read key.`,
      ...secured,
      requestBody: body(QUESTIONS),
      responses: answers('200', 'The answer; of a list, an answer or an error each.', ANSWERS),
    },
  },
  '/api/v1/sites/{domain}/now': {
    parameters: [inPath('domain')],
    get: {
      summary:
        'Who did something in the last five minutes, and what happened last in this hour and the one before; needs a read key.',
      ...secured,
      responses: answers('200', 'Now.', one('Now')),
    },
  },
})

const reading = () => ({
  '/api/v1/metrics': {
    get: {
      summary: 'Every metric; with a site, what it has of them.',
      parameters: [inQuery('site', "The site's domain; needs a read key.")],
      responses: answers('200', 'The catalogue.'),
    },
  },
  '/api/v1/metrics/{id}': {
    get: {
      summary: 'One metric; every other name in the query is a parameter of it; needs a read key.',
      ...secured,
      parameters: [
        inPath('id'),
        inQuery('site', "The site's domain.", true),
        inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31.'),
        inQuery('by', 'Dimensions, comma-separated.'),
        inQuery('granularity', 'hour, day, week or month.'),
        inQuery('compare', 'previous_period'),
        inQuery('filters', 'As in a question, JSON.'),
        inQuery('explain', 'true: each value says how it was made.'),
        inQuery('format', 'csv for CSV.'),
      ],
      responses: answers('200', 'The answer.', one('Answer')),
    },
  },
  '/api/v1/sites/{domain}/refusals': {
    parameters: [inPath('domain')],
    get: {
      summary: 'What was refused or dropped, by UTC day and reason; needs a read key.',
      ...secured,
      parameters: [inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31; 30d unless said otherwise.')],
      responses: answers(
        '200',
        'The counts.',
        object({ rows: listOf(object({ day: text, reason: text, count: { type: 'integer' } })) }),
      ),
    },
  },
  '/health': {
    get: {
      summary: 'Whether requests will be served: whether the database can be read.',
      responses: {
        '200': { description: 'They will.' },
        '503': { description: 'The database cannot be read.', headers: retryAfter },
      },
    },
  },
})

const ndjson = { 'application/x-ndjson': { schema: text } }

const backingUp = () => {
  const path = { parameters: [inPath('domain')] }
  return {
    '/api/v1/sites/{domain}/backup': {
      ...path,
      get: {
        summary: 'A part of a backup of a site; needs the admin token.',
        description:
          'Lines of JSON. The first part holds the site, with its secret, every other one rows of facts and the texts they refer to. ' +
          'The last line is {"next"}: what the next part is asked for with, or null.',
        ...secured,
        parameters: [inQuery('after', 'The "next" of the part before, JSON; the first part without.')],
        responses: { ...answers('200', 'The part.'), '200': { description: 'The part.', content: ndjson } },
      },
    },
    '/api/v1/sites/{domain}/restore': {
      ...path,
      post: {
        summary: 'Restores a part of a backup; the site appears with the last one. Needs the admin token.',
        description: 'The first part begins anew; each part can be repeated until the next has come.',
        ...secured,
        requestBody: { required: true, content: ndjson },
        responses: answers('200', 'Stored.', object({ part: { type: 'integer' }, done: { type: 'boolean' } })),
      },
      delete: {
        summary: 'Takes away what a restore that was cut off has left; needs the admin token.',
        ...secured,
        responses: answers('204', 'Gone.'),
      },
    },
  }
}

/** The description of every address, made from the registries. */
export const openapi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Footfall',
    version: '1',
    license: { name: 'MIT', identifier: 'MIT' },
    description: 'Self-hosted web and product analytics.',
  },
  paths: {
    ...collecting(),
    ...Object.fromEntries(IMPORTS.flatMap(of => Object.entries(importing(of)))),
    ...owning(),
    ...lookingAfterPeople(),
    ...backingUp(),
    ...asking(),
    ...reading(),
  },
  components: {
    schemas: schemas(),
    responses: responses(),
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
  },
})

/** `GET /api/v1/openapi.json`. */
export const openapiRoutes = new Hono<HonoEnv>().get('/api/v1/openapi.json', c => c.json(openapi()))

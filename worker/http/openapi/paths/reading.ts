import { answers, inPath, inQuery, ofCsv } from '../operation'
import { retryAfter } from '../responses'
import { listOf, object, one, text } from '../schema'

const CHANGES = {
  parameters: [inPath('domain')],
  get: {
    operationId: 'listChanges',
    summary:
      'What moved: groups of visitors, conversions and revenue with a significant change from the compared period, corrected for multiple testing. Needs a read key.',
    parameters: [
      inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31. The default is 30d.'),
      inQuery(
        'compare',
        'previous_period (the default), previous_weekdays, previous_year, or two days like 2025-01-01,2025-01-31.',
      ),
      inQuery('filters', 'As in a query, as JSON.'),
    ],
    responses: answers('200', 'The changes, those that explain most of a total first.', one('Changes')),
  },
}

const COVERAGE = {
  parameters: [inPath('domain')],
  get: {
    operationId: 'getCoverage',
    summary:
      'How many of the pages served to browsers the script recorded, and an estimate of all visitors. Needs a read key.',
    parameters: [inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31. The default is 30d.')],
    responses: answers('200', 'The coverage, of days whose served pages are known.', one('Coverage')),
  },
}

const HEALTH = {
  get: {
    operationId: 'getHealth',
    summary: 'Whether the Worker can serve requests, that is, whether it can read the database.',
    responses: {
      '200': { description: 'It can.' },
      '503': { description: 'The database cannot be read.', headers: retryAfter },
    },
  },
}

export const reading = () => ({
  '/api/v1/metrics': {
    get: {
      operationId: 'listMetrics',
      summary: 'Lists every metric. With a site, also whether it has the data.',
      parameters: [inQuery('site', "The site's domain. Needs a read key.")],
      responses: answers('200', 'The catalogue.'),
    },
  },
  '/api/v1/metrics/{id}': {
    get: {
      operationId: 'getMetrics',
      summary:
        'Answers one metric, or several separated by commas. Every other name in the query string is a parameter of the metrics that have it. Needs a read key.',
      parameters: [
        inPath('id'),
        inQuery('site', "The site's domain.", true),
        inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31.'),
        inQuery('by', 'Dimensions, comma-separated.'),
        inQuery('granularity', 'hour, day, week or month.'),
        inQuery(
          'compare',
          'previous_period, previous_weekdays, previous_year, or two days like 2025-01-01,2025-01-31.',
        ),
        inQuery('include_previous', 'With compare, true adds the groups that only the compared period has.'),
        inQuery('filters', 'As in a query, as JSON.'),
        inQuery('limit', 'The most combinations of dimensions.'),
        inQuery('offset', 'How many of them to skip, in their order.'),
        inQuery('explain', 'true explains how each value was computed.'),
        ...ofCsv(),
      ],
      responses: answers('200', 'The answer.', one('Answer')),
    },
  },
  '/api/v1/sites/{domain}/changes': CHANGES,
  '/api/v1/sites/{domain}/coverage': COVERAGE,
  '/api/v1/sites/{domain}/refusals': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'countRejections',
      summary: 'Counts rejected and excluded events by UTC day and reason. Needs a read key.',
      parameters: [inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31. The default is 30d.')],
      responses: answers(
        '200',
        'The counts.',
        object({
          period: object({ from: text, to: text }, ['from', 'to']),
          rows: listOf(object({ day: text, reason: text, count: { type: 'integer' } })),
        }),
      ),
    },
  },
  '/health': HEALTH,
})

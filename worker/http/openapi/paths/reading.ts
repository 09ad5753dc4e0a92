import { answers, inPath, inQuery, ofCsv } from '../operation'
import { retryAfter } from '../responses'
import { listOf, object, one, text } from '../schema'

export const reading = () => ({
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
      parameters: [
        inPath('id'),
        inQuery('site', "The site's domain.", true),
        inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31.'),
        inQuery('by', 'Dimensions, comma-separated.'),
        inQuery('granularity', 'hour, day, week or month.'),
        inQuery('compare', 'previous_period'),
        inQuery('filters', 'As in a question, JSON.'),
        inQuery('explain', 'true: each value says how it was made.'),
        ...ofCsv(),
      ],
      responses: answers('200', 'The answer.', one('Answer')),
    },
  },
  '/api/v1/sites/{domain}/refusals': {
    parameters: [inPath('domain')],
    get: {
      summary: 'What was refused or dropped, by UTC day and reason; needs a read key.',
      parameters: [inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31; 30d unless said otherwise.')],
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

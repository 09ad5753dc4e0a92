import { VERDICTS } from '../../../../shared/verdicts'
import { answers, body, inPath, inQuery } from '../operation'
import { listOf, object, text } from '../schema'

export const excluding = () => ({
  '/api/v1/sites/{domain}/excluded': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'listExcludedTraffic',
      summary:
        'Lists traffic that is taken for something other than people, by verdicts, page, network and program; at most 1,000 groups, the largest first. Needs a read key.',
      parameters: [inQuery('period', 'UTC days: a name, or two days like 2026-01-01,2026-01-31. The default is 30d.')],
      responses: answers(
        '200',
        'The traffic.',
        object({
          period: object({ from: text, to: text }, ['from', 'to']),
          rows: listOf(
            object({
              verdicts: { type: 'array', items: { enum: VERDICTS } },
              page: text,
              network: { ...text, description: 'Number and name, empty where it is unknown.' },
              agent: { ...text, description: 'Family of the program, or name of the browser.' },
              requests: {
                type: 'integer',
                description: 'An estimate where a day has more than 1,000 excluded requests.',
              },
              kept: {
                type: 'integer',
                description:
                  'How many rows are kept, to be counted again. A row can hold several page views and events.',
              },
              counted: { type: 'boolean', description: 'Whether answers count it.' },
            }),
          ),
        }),
      ),
    },
  },
  '/api/v1/sites/{domain}/excluded/apply': {
    parameters: [inPath('domain')],
    post: {
      operationId: 'applyVerdicts',
      summary:
        'Takes one step in applying settings.excluded_verdicts and settings.filters_out to past traffic. Call it again with "next" as the "cursor" until "next" is null. Needs the admin token, or an editor of the site.',
      requestBody: body(object({ cursor: { description: 'The "next" of the answer before; null to begin.' } })),
      responses: answers(
        '200',
        'What the step did.',
        object({
          counted: { type: 'integer', description: 'Page views and events that answers count from now on.' },
          excluded: { type: 'integer', description: 'Page views and events that answers no longer count.' },
          next: { description: 'Where the next step begins; null after the last.', type: ['object', 'null'] },
        }),
      ),
    },
  },
})

import { answers, body, inPath, ofCsv } from '../operation'
import { listOf, nullable, object, one, text } from '../schema'

const SHARE = { id: text, name: text, query: one('Question'), created: text, expires: nullable('string') }

export const sharing = () => ({
  '/api/v1/sites/{domain}/shares': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'listShares',
      summary: 'Lists the shares of a site, without their addresses. Needs the admin token.',
      responses: answers('200', 'The shares.', object({ shares: listOf(object(SHARE)) })),
    },
    post: {
      operationId: 'addShare',
      summary:
        'Creates an address that answers one query as CSV without a key, for spreadsheets. Needs the admin token.',
      description: 'The response is the only place that shows the address. The query needs no site.',
      requestBody: body(
        object({ name: text, query: { type: 'object' }, expires: { type: 'string', format: 'date-time' } }, [
          'name',
          'query',
        ]),
      ),
      responses: answers('201', 'The share.', object({ id: text, url: text })),
    },
  },
  '/api/v1/sites/{domain}/shares/{id}': {
    parameters: [inPath('domain'), inPath('id')],
    delete: {
      operationId: 'removeShare',
      summary: 'Removes a share. Its address answers no longer. Needs the admin token.',
      responses: answers('204', 'Deleted.'),
    },
  },
  '/api/v1/shares/{token}': {
    parameters: [inPath('token')],
    get: {
      operationId: 'getShare',
      summary: 'Answers the query of a share as CSV.',
      parameters: ofCsv().filter(({ name }) => name === 'columns'),
      responses: {
        ...answers('200', 'The answer.'),
        '200': { description: 'The answer.', content: { 'text/csv': { schema: text } } },
      },
    },
  },
})

import { answers, body, inPath, ofCsv } from '../operation'
import { listOf, nullable, object, one, text } from '../schema'

const ABOUT = { id: text, name: text, created: text, expires: nullable('string') }

/** Answers a query. */
const QUERY_SHARE = object({ ...ABOUT, query: one('Question') }, ['id', 'name', 'query', 'created', 'expires'])

const VIEW = { pages: listOf(text), filters: listOf(one('Filter')), embed_hosts: listOf(text) }

/** Shows pages of the dashboard. */
const PAGE_SHARE = object({ ...ABOUT, ...VIEW, password: { type: 'boolean' } }, [
  'id',
  'name',
  'pages',
  'created',
  'expires',
])

const NEW_SHARE = object(
  {
    name: text,
    query: {
      type: 'object',
      description: 'Makes a link that answers this query as CSV. It takes no other field but "expires".',
    },
    ...VIEW,
    password: { ...text, minLength: 8, maxLength: 200 },
    expires: { ...text, description: 'A time with its zone, or the last day in the time zone of the site.' },
  },
  ['name'],
)

export const sharing = () => ({
  '/api/v1/sites/{domain}/shares': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'listShares',
      summary: 'Lists the shares of a site, without their addresses. Needs the admin token.',
      responses: answers('200', 'The shares.', object({ shares: listOf({ anyOf: [QUERY_SHARE, PAGE_SHARE] }) })),
    },
    post: {
      operationId: 'addShare',
      summary:
        'Creates a link that shows pages of the dashboard without signing in or, with "query", answers one query as CSV. Needs the admin token.',
      description: 'The response is the only place that shows the address.',
      requestBody: body(NEW_SHARE),
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

import { json } from './operation'
import { one } from './schema'

export const retryAfter = { 'retry-after': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } }

export const responses = () => ({
  Unavailable: {
    description: 'The request cannot be served now, usually because the database is overloaded. Send it again later.',
    headers: retryAfter,
    content: json(one('Problem')),
  },
})

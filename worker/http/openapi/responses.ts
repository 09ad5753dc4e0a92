import { json } from './operation'
import { one } from './schema'

export const retryAfter = { 'retry-after': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } }

export const responses = () => ({
  Unavailable: {
    description: 'Not now, for the most part because the database has more to do than it can: send it again later.',
    headers: retryAfter,
    content: json(one('Problem')),
  },
})

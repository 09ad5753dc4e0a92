import { LIMITS } from '../../../../shared/limits'
import { DROPPED_HEADER } from '../../../../shared/wire'
import { answers, inQuery, json } from '../operation'
import { listOf, object, one, text } from '../schema'

export const collecting = () => ({
  '/s.js': { get: { summary: 'The snippet.', responses: { '200': { description: 'A script.' } } } },
  '/v1/e': {
    post: {
      summary: 'The beacon of the snippet.',
      requestBody: { required: true, content: { 'text/plain': { schema: text } } },
      responses: {
        '204': {
          description: 'Stored, safe on the queue, or deliberately dropped.',
          headers: {
            [DROPPED_HEADER]: {
              description: 'Why it was dropped; "server_only:refund" names events of it that only a server may send.',
              schema: text,
            },
          },
        },
        ...answers('4XX', 'Refused.', one('Problem')),
      },
    },
  },
  '/api/v1/events': {
    post: {
      summary: `Events of a server, up to ${LIMITS.eventsPerCall} a call; needs a write key.`,
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
          warnings: {
            description: 'Of accepted refunds whose order is not known, or that are more than is left of it.',
            ...listOf(object({ index: { type: 'integer' }, code: text, message: text })),
          },
        }),
      ),
    },
  },
})

import { LIMITS } from '../../../../shared/limits'
import { answers, body, inPath, ofCsv } from '../operation'
import { listOf, one } from '../schema'

const QUESTIONS = { oneOf: [one('Question'), listOf(one('Question'))] }

const ANSWERS = { oneOf: [one('Answer'), listOf({ oneOf: [one('Answer'), one('Problem')] })] }

export const asking = () => ({
  '/api/v1/query': {
    post: {
      operationId: 'query',
      summary: `Answers a query, or a list of up to ${LIMITS.questionsPerCall} queries about one site. Needs a read key.`,
      parameters: ofCsv(),
      description:
        'A metric that cannot be computed does not fail the others: its value is null with the status unavailable and a ' +
        'reason, and meta.warnings names it. A query none of whose metrics can be computed is an error: 503 by itself, ' +
        'an error in its place in a list.',
      requestBody: body(QUESTIONS),
      responses: answers('200', 'The answer. For a list, an answer or an error for each query.', ANSWERS),
    },
  },
  '/api/v1/sites/{domain}/now': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'getLiveActivity',
      summary:
        'Visitors of the last five minutes, and the latest events of this hour and the one before. Needs a read key.',
      responses: answers('200', 'Now.', one('Now')),
    },
  },
})

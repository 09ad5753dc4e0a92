import { LIMITS } from '../../../../shared/limits'
import { answers, body, inPath, ofCsv } from '../operation'
import { listOf, one } from '../schema'

const QUESTIONS = { oneOf: [one('Question'), listOf(one('Question'))] }

const ANSWERS = { oneOf: [one('Answer'), listOf({ oneOf: [one('Answer'), one('Problem')] })] }

export const asking = () => ({
  '/api/v1/query': {
    post: {
      summary: `Answers a question, or a list of up to ${LIMITS.questionsPerCall} about one site; needs a read key.`,
      parameters: ofCsv(),
      description:
        'A metric that cannot be computed does not take the others along: its value is null with the status ' +
        'unavailable and a reason, and meta.warnings names it. A question of which no metric can be computed is an ' +
        'error: 503 by itself, an error at its place in a list.',
      requestBody: body(QUESTIONS),
      responses: answers('200', 'The answer; of a list, an answer or an error each.', ANSWERS),
    },
  },
  '/api/v1/sites/{domain}/now': {
    parameters: [inPath('domain')],
    get: {
      summary:
        'Who did something in the last five minutes, and what happened last in this hour and the one before; needs a read key.',
      responses: answers('200', 'Now.', one('Now')),
    },
  },
})

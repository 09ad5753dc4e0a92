import { answers, inPath } from '../operation'
import { object } from '../schema'

export const lookingAfterPeople = () => {
  const user = [inPath('domain'), inPath('user_id')]
  return {
    '/api/v1/sites/{domain}/users/{user_id}': {
      parameters: user,
      delete: {
        summary: 'Removes a person everywhere, sums included; needs the admin token.',
        responses: answers('200', 'How much there was.', object({ removed: { type: 'object' } })),
      },
    },
    '/api/v1/sites/{domain}/users/{user_id}/export': {
      parameters: user,
      get: {
        summary: 'All that is held about a person; needs the admin token.',
        responses: answers('200', 'Facts, purchases, ids and visits.', { type: 'object' }),
      },
    },
  }
}

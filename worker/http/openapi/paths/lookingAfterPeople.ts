import { answers, inPath } from '../operation'
import { object } from '../schema'

export const lookingAfterPeople = () => {
  const user = [inPath('domain'), inPath('user_id')]
  return {
    '/api/v1/sites/{domain}/users/{user_id}': {
      parameters: user,
      delete: {
        operationId: 'erasePerson',
        summary: 'Erases a person everywhere, including from rollups. Needs the admin token.',
        responses: answers('200', 'How many rows were erased.', object({ removed: { type: 'object' } })),
      },
    },
    '/api/v1/sites/{domain}/users/{user_id}/export': {
      parameters: user,
      get: {
        operationId: 'exportPerson',
        summary: 'Exports everything stored about a person. Needs the admin token.',
        responses: answers('200', 'Page views, events, purchases, ids and sessions.', { type: 'object' }),
      },
    },
  }
}

import { answers, inPath, inQuery } from '../operation'
import { object, text } from '../schema'

const ndjson = { 'application/x-ndjson': { schema: text } }

export const backingUp = () => {
  const path = { parameters: [inPath('domain')] }
  return {
    '/api/v1/sites/{domain}/backup': {
      ...path,
      get: {
        summary: 'A part of a backup of a site; needs the admin token.',
        description:
          'Lines of JSON. The first part holds the site, with its secret, every other one rows of facts and the texts they refer to. ' +
          'The last line is {"next"}: what the next part is asked for with, or null.',
        parameters: [inQuery('after', 'The "next" of the part before, JSON; the first part without.')],
        responses: { ...answers('200', 'The part.'), '200': { description: 'The part.', content: ndjson } },
      },
    },
    '/api/v1/sites/{domain}/restore': {
      ...path,
      post: {
        summary: 'Restores a part of a backup; the site appears with the last one. Needs the admin token.',
        description: 'The first part begins anew; each part can be repeated until the next has come.',
        requestBody: { required: true, content: ndjson },
        responses: answers('200', 'Stored.', object({ part: { type: 'integer' }, done: { type: 'boolean' } })),
      },
      delete: {
        summary: 'Takes away what a restore that was cut off has left; needs the admin token.',
        responses: answers('204', 'Gone.'),
      },
    },
  }
}

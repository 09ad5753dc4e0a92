import { answers, inPath, inQuery } from '../operation'
import { object, text } from '../schema'

const ndjson = { 'application/x-ndjson': { schema: text } }

export const backingUp = () => {
  const path = { parameters: [inPath('domain')] }
  return {
    '/api/v1/sites/{domain}/backup': {
      ...path,
      get: {
        operationId: 'getBackupPart',
        summary: 'Returns one part of the backup of a site. Needs the admin token.',
        description:
          'Lines of JSON. The first part contains the site with its secret. Every other part contains rows and the dictionary ' +
          'values they refer to. The last line is {"next","sha256"}: the cursor of the next part, or null, and the SHA-256 of ' +
          'all bytes before ,"sha256".',
        parameters: [
          inQuery('after', 'The "next" of the previous part, as JSON. Without it, the first part is returned.'),
        ],
        responses: { ...answers('200', 'The part.'), '200': { description: 'The part.', content: ndjson } },
      },
    },
    '/api/v1/sites/{domain}/restore': {
      ...path,
      post: {
        operationId: 'restoreBackupPart',
        summary: 'Restores one part of a backup. The site appears with the last part. Needs the admin token.',
        description:
          'The first part starts the restore over. Each part can be repeated until the next one arrives. A part that does not ' +
          'match its checksum is rejected as damaged_backup.',
        requestBody: { required: true, content: ndjson },
        responses: answers('200', 'Stored.', object({ part: { type: 'integer' }, done: { type: 'boolean' } })),
      },
      delete: {
        operationId: 'deleteRestore',
        summary: 'Deletes what an interrupted restore has stored. Needs the admin token.',
        responses: answers('204', 'Deleted.'),
      },
    },
  }
}

import { EXPORT_FORMATS } from '../../../exports/exportFormats'
import { EXPORT_TABLES } from '../../../exports/exportTables'
import { answers, inPath, inQuery } from '../operation'
import { text } from '../schema'

const content = Object.fromEntries(
  EXPORT_FORMATS.map(({ contentType }) => [contentType.replace(/;.*/, ''), { schema: text }]),
)

export const exporting = () => ({
  '/api/v1/sites/{domain}/export/{table}': {
    parameters: [inPath('domain'), { ...inPath('table'), schema: { enum: EXPORT_TABLES.map(({ name }) => name) } }],
    get: {
      operationId: 'exportRows',
      summary: 'Exports the rows of a table. Needs a key with the scope export.',
      description:
        'The answer is streamed. docs/sql.md lists the columns of each table. Visitors have pseudonyms in place of their ids. An ' +
        'answer that breaks off is incomplete. On a plan of Cloudflare that limits statements an answer ends early, and its ' +
        'Link header has the address of the next one.',
      parameters: [
        inQuery('period', 'A name like 30d, 2026-01-01,2026-01-31, or {"from","to"} as JSON. By default 30d.'),
        {
          ...inQuery('format', 'The format of the file.'),
          schema: { enum: EXPORT_FORMATS.map(({ name }) => name), default: EXPORT_FORMATS[0]?.name },
        },
        inQuery('after', 'Set by the Link header of the answer before: the time at which this one begins.'),
      ],
      responses: {
        ...answers('200', 'The rows.'),
        '200': {
          description: 'The rows.',
          headers: { Link: { description: 'The address of the next answer, where there is one.', schema: text } },
          content,
        },
      },
    },
  },
})

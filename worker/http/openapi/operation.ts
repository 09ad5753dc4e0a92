import { COLUMN_SETS } from '../../query/finish/csv'
import { one, type Schema, text } from './schema'

export const json = (schema: Schema) => ({ 'application/json': { schema } })
export const answers = (status: string, description: string, schema?: Schema) => ({
  [status]: { description, ...(schema && { content: json(schema) }) },
  '4XX': { description: 'The error, in one sentence.', content: json(one('Problem')) },
  '503': { $ref: '#/components/responses/Unavailable' },
})
export const body = (schema: Schema) => ({ required: true, content: json(schema) })
export const inQuery = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  description,
  required,
  schema: text,
})
export const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text })
export const ofCsv = () => [
  { ...inQuery('format', 'Returns CSV instead of JSON, like "Accept: text/csv".'), schema: { const: 'csv' } },
  {
    ...inQuery(
      'columns',
      'In CSV, the columns of each metric: "value", with its currency if it is money; or "all", which adds numerator, denominator, low, high, status, reason, pending and, with compare, previous, change, change_low, change_high and verdict.',
    ),
    schema: { enum: COLUMN_SETS, default: 'value' },
  },
]

import { listOf, object, one, text } from '../schema'

export const importSchemas = () => {
  const refused = listOf(object({ line: { type: 'integer' }, code: text, message: text }))
  return {
    Imported: object({ accepted: { type: 'integer' }, replaced: { type: 'integer' }, refused }),
    NotImported: { allOf: [one('Problem'), object({ refused })] },
  }
}

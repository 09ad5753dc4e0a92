import { type ImportColumn, type ImportDefinition, importColumns } from '../../../../shared/imports'
import { LIMITS } from '../../../../shared/limits'
import { answers, inQuery, json } from '../operation'
import { listOf, object, one, type Schema, text } from '../schema'

const importForms: Readonly<Record<ImportColumn['form'], Schema>> = {
  day: { type: 'string', format: 'date' },
  text: { type: 'string', maxLength: LIMITS.itemField },
  count: { type: 'integer', minimum: 0 },
  amount: { type: 'number', minimum: 0 },
  currency: text,
}

export const importing = (definition: ImportDefinition) => {
  const columns = importColumns(definition)
  const row = object(
    Object.fromEntries(
      columns.map(({ name, help, form, longest }) => [
        name,
        { ...importForms[form], ...(longest && { maxLength: longest }), description: help },
      ]),
    ),
    columns.filter(({ required }) => required).map(({ name }) => name),
  )
  const { kind, table } = definition
  const path = `/api/v1/imports/${kind}`
  const capitalized = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  return {
    [path]: {
      post: {
        operationId: `import${capitalized}`,
        summary: `${definition.help} Up to ${LIMITS.rowsPerImport} rows. Needs a write key.`,
        parameters: [
          inQuery('site', "The site's domain.", true),
          inQuery('partial', 'true stores the valid rows even if others are rejected.'),
          table === 'imported_days'
            ? inQuery('source', 'The tool that the rows come from.')
            : inQuery('replace', 'day deletes the stored rows of the days that are sent.'),
        ],
        requestBody: {
          required: true,
          content: {
            ...json({ anyOf: [object({ rows: listOf(row) }, ['rows']), listOf(row)] }),
            'text/csv': { schema: text },
          },
        },
        responses: {
          ...answers('200', 'How many rows were stored.', one('Imported')),
          '422': {
            description: 'Nothing was stored, with the reason for each invalid row.',
            content: json(one('NotImported')),
          },
        },
      },
    },
    [`${path}/template.csv`]: {
      get: {
        operationId: `get${capitalized}Template`,
        summary: 'A CSV template: the header and an example row.',
        responses: { '200': { description: 'The file.', content: { 'text/csv': { schema: text } } } },
      },
    },
  }
}

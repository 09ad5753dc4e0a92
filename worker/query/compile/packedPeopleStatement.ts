import type { MergeableMeasure } from '../../metrics/people'
import { groupColumns } from './statement'
import { type PeopleStatement, personColumns, selectEach, selectSums, sumsOf } from './sumsStatement'

/**
 * Texts that the people of one group are spread over: D1 returns texts of up to 2 MB, which hold some 20,000 people.
 */
const SLICES = 64

const SLICE = `case when person < 0 then -person % ${SLICES} end`

/** SQL of a person with the values of each measure. JSON holds these exactly, because they are whole numbers. */
const packed = (measures: readonly MergeableMeasure[]): string => {
  const values = measures.map(personColumns).map(({ columns }) => `json_array(${Object.values(columns).join(', ')})`)
  return `json_array(person, ${values.join(', ')})`
}

/**
 * Like `persistentStatement`, but with the people of a group in a few JSON texts: a row for each person takes ten times
 * the memory.
 */
export const packedPeopleStatement: PeopleStatement = (scope, builder, measures, relation) => {
  const groups = groupColumns(scope)
  const people = `json_group_array(${packed(measures)}) filter (where person < 0) as people`
  return {
    ...builder.statement(`select bucket${groups}, ${SLICE} as slice,
  ${[...measures.flatMap(selectSums), people].join(',\n  ')}
from (
${selectEach(scope, builder, measures, relation)}
)
group by bucket${groups}, ${SLICE}`),
    dimensions: scope.dimensions.length,
    shape: { form: 'packed_people', sums: sumsOf(measures) },
  }
}

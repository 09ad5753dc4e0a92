import { matchesGlob } from '../../lib/glob'
import { type DimensionFilter, isCombined, isDimensionFilter, type QueryFilter } from '../../relations/sql/queryFilter'

type Test = (value: string, wanted: string) => boolean

const is: Test = (value, wanted) => value === wanted
const contains: Test = (value, wanted) => value.includes(wanted)

const passesOne = ({ operator, values }: DimensionFilter, value: string): boolean => {
  const some = (test: Test): boolean => values.some(wanted => test(value, wanted))
  switch (operator) {
    case 'is':
      return some(is)
    case 'is_not':
      return !some(is)
    case 'contains':
      return some(contains)
    case 'does_not_contain':
      return !some(contains)
    case 'matches':
      return some(matchesGlob)
  }
}

/** Whether a value of the one dimension that all filters are on passes them. */
export const passesFilters = (filters: readonly QueryFilter[], value: string): boolean =>
  filters.every(filter => {
    if (isDimensionFilter(filter)) return passesOne(filter, value)
    if (!isCombined(filter)) return false
    const passes = (one: QueryFilter): boolean => passesFilters([one], value)
    if (filter.operator === 'not') return !filter.filters.every(passes)
    return filter.operator === 'or' ? filter.filters.some(passes) : filter.filters.every(passes)
  })

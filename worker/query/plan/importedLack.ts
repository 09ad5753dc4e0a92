import type { DayNumber } from '../../../shared/imports'
import type { DayMeasure } from '../../metrics/dayMeasure'
import { type DimensionFilter, isCombined, isDimensionFilter, type QueryFilter } from '../../relations/sql/queryFilter'
import type { Query } from '../parse/query'
import type { DayChoice } from './dayChoice'
import type { ImportedBucket, ImportedValue } from './readImportedDays'

/** What a metric takes of the imported days of a bucket. */
export interface WantedDays {
  readonly query: Query
  readonly choice: DayChoice
  readonly measure: DayMeasure
  readonly bucket: ImportedBucket
  /** Whether any day of the period has rows of its dimension. */
  readonly isHeld: boolean
  /** The rows of its dimension. */
  readonly own: readonly ImportedValue[]
  /** Those that pass the filters. */
  readonly taken: readonly ImportedValue[]
  /** The numbers that days without rows of the dimension have. */
  readonly missing: ReadonlySet<DayNumber>
}

/** Why a part of a day is not counted. */
export const NOT_WHOLE = 'Imported days can only be counted whole, and this period ends partway through one.'

const OTHER = '(other)'

/** Numbers that add up over several values: of a page view or event each value is one. */
const OF_EVENTS: readonly DayNumber[] = ['pageviews', 'events']

/** Whether the numbers of several values add up to those of all of them together. */
const addsUp = ({ numbers }: DayMeasure, { dimension }: DayChoice): boolean =>
  numbers.every(number => OF_EVENTS.includes(number) || (dimension?.level === 'session' && number !== 'visitors'))

const numberName = (number: DayNumber): string => number.replace('_', ' ')

const missingNumbers = ({ choice, measure, isHeld, taken, missing }: WantedDays): string | null => {
  const by = choice.dimension ? ` by ${choice.dimension.id}` : ''
  const names = measure.numbers.filter(
    number => !isHeld || missing.has(number) || taken.some(({ numbers }) => !(number in numbers)),
  )
  if (names.length === 0) return null
  const some = isHeld && names.some(number => missing.has(number)) ? 'Some imported' : 'Imported'
  return `${some} days have no ${names.map(numberName).join(' and ')}${by}.`
}

const leavesOf = (filters: readonly QueryFilter[]): DimensionFilter[] =>
  filters.flatMap(filter => {
    if (isCombined(filter)) return leavesOf(filter.filters)
    return isDimensionFilter(filter) ? [filter] : []
  })

/** A filter tells values apart that an "(other)" may hold, unless each of them has a row on the same days. */
const hiddenValues = ({ query, choice, own }: WantedDays): string | null => {
  const daysOf = (value: string): number => own.find(row => row.value === value)?.besideOther ?? 0
  const days = daysOf(OTHER)
  const isHidden = ({ operator, values }: DimensionFilter): boolean =>
    (operator !== 'is' && operator !== 'is_not') || values.some(value => daysOf(value) < days)
  if (days === 0 || !leavesOf(query.filters).some(isHidden)) return null
  return `Imported days group the smaller values of ${choice.dimension?.id} as (other), so this filter cannot be counted.`
}

const notAdding = ({ query, choice, measure, taken }: WantedDays): string | null => {
  const isOneGroup = choice.dimension !== null && query.dimensions.length === 0
  if (!isOneGroup || taken.length < 2 || addsUp(measure, choice)) return null
  const { id = '' } = choice.dimension ?? {}
  return `Imported days store each ${id} separately. Filter on a single ${id} or break down by ${id}.`
}

/** Why the imported days of a bucket cannot answer a metric, `null` if they can. */
export const importedLack = (wanted: WantedDays): string | null => {
  if (wanted.bucket.counted === 0) return NOT_WHOLE
  return missingNumbers(wanted) ?? hiddenValues(wanted) ?? notAdding(wanted)
}

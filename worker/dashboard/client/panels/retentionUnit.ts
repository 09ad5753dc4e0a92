import { DAY } from '../../../../shared/time'
import type { View } from '../../address'
import { usersTexts } from '../../texts/users'
import { chosenOption, type Option } from '../components/optionLinks'

const { retention: texts } = usersTexts

/** The length of a cohort, and after how many of them there is a column. */
export interface RetentionUnit extends Option {
  readonly value: 'day' | 'week' | 'month'
  /** The caption of its grid. */
  readonly table: string
  readonly column: typeof texts.afterDays
  readonly after: readonly number[]
}

export const UNITS: readonly [RetentionUnit, RetentionUnit, RetentionUnit] = [
  {
    value: 'day',
    text: texts.daily,
    table: texts.dailyTable,
    column: texts.afterDays,
    after: [1, 2, 3, 4, 5, 6, 7, 14],
  },
  {
    value: 'week',
    text: texts.weekly,
    table: texts.weeklyTable,
    column: texts.afterWeeks,
    after: [1, 2, 3, 4, 5, 6, 7, 8],
  },
  {
    value: 'month',
    text: texts.monthly,
    table: texts.monthlyTable,
    column: texts.afterMonths,
    after: [1, 2, 3, 4, 5, 6, 9, 12],
  },
]

/** Days. Longer periods begin with weekly cohorts: those of a day are small. */
const LONG = 14
const SHORT_PERIODS: readonly unknown[] = ['today', 'yesterday', '7d']

const isLong = ({ period }: View): boolean =>
  typeof period === 'string'
    ? !SHORT_PERIODS.includes(period)
    : (Date.parse(period.to) - Date.parse(period.from)) / DAY + 1 > LONG

/** The unit that the address names, or that suits the period. */
export const unitOf = (view: View): RetentionUnit =>
  chosenOption(UNITS, view.own.unit ?? (isLong(view) ? 'week' : 'day'))

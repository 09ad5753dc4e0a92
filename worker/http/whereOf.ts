import type { ValueFilter } from '../../shared/question'
import { factFiltersIn } from '../query/parse/factFiltersIn'
import { badSetting } from './lineOf'

/**
 * Filters on a single page view or event in a setting.
 * @throws Problem `bad_settings`
 */
export const whereOf = (given: unknown, where: string): readonly ValueFilter[] =>
  factFiltersIn(given, where, badSetting)

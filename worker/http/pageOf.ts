import { pathIn } from '../lib/pathIn'
import { badSetting } from './lineOf'

/**
 * A path in a setting; `*` matches any run of characters.
 * @throws Problem `bad_settings`
 */
export const pageOf = (given: unknown, where: string): string => pathIn(given, where, badSetting)

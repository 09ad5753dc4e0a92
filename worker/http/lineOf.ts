import { lineIn } from '../lib/lineIn'
import { Problem } from '../lib/problem'

export const badSetting = (message: string): Problem => new Problem(400, 'bad_settings', message)

/**
 * A line of text in a setting.
 * @param most characters
 * @throws Problem `bad_settings`
 */
export const lineOf = (given: unknown, where: string, most: number): string => lineIn(given, where, most, badSetting)

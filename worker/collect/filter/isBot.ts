import { isbot } from 'isbot'
import { memoize } from '../../lib/memoize'

const isProgram = memoize(isbot)

/**
 * Whether a user agent is a program's and not a person's browser. Every browser names itself, so an
 * empty one is a program's too.
 * @example isBot('curl/8.5.0') // true
 */
export const isBot = (userAgent: string): boolean => userAgent === '' || isProgram(userAgent)

import { LIMITS } from '../../shared/limits'
import { fitsGlob, GLOB_BYTES } from '../lib/glob'
import { badSetting, lineOf } from './lineOf'

/**
 * A path in a setting; `*` matches any run of characters.
 * @throws Problem `bad_settings`
 */
export const pageOf = (given: unknown, where: string): string => {
  const page = lineOf(given, where, LIMITS.path)
  if (!page.startsWith('/')) throw badSetting(`"${where}" must be a path that begins with "/", like "/thanks*".`)
  if (!fitsGlob(page)) {
    throw badSetting(
      `"${where}" must have at most ${GLOB_BYTES} bytes, where each "?" and "[" counts as three; use a "*".`,
    )
  }
  return page
}

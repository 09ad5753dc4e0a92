import { LIMITS } from '../../shared/limits'
import { fitsGlob, GLOB_BYTES } from './glob'
import { lineIn, type Rejection } from './lineIn'

/**
 * A path; `*` matches any run of characters.
 * @throws Problem that `reject` returns
 */
export const pathIn = (given: unknown, where: string, reject: Rejection): string => {
  const path = lineIn(given, where, LIMITS.path, reject)
  if (!path.startsWith('/')) throw reject(`"${where}" must be a path that begins with "/", like "/thanks*".`)
  if (!fitsGlob(path)) {
    throw reject(`"${where}" must have at most ${GLOB_BYTES} bytes, where each "?" and "[" counts as three; use a "*".`)
  }
  return path
}

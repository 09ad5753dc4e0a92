import { hasControlCharacters } from './hasControlCharacters'
import type { Problem } from './problem'

/** The error for a field that is not as it must be. */
export type Rejection = (message: string) => Problem

/**
 * A text that is not empty and has no control characters.
 * @param most characters
 * @throws Problem that `reject` returns
 */
export const lineIn = (given: unknown, where: string, most: number, reject: Rejection): string => {
  if (typeof given !== 'string') throw reject(`"${where}" must be a string.`)
  if (given.trim() === '') throw reject(`"${where}" must not be empty.`)
  if (given.length > most) throw reject(`"${where}" must have at most ${most} characters.`)
  if (hasControlCharacters(given)) throw reject(`"${where}" must not contain control characters.`)
  return given.toWellFormed()
}

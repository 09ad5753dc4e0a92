import { hash52, randomHex } from './hash'

let secret: string | undefined

/**
 * An isolate's name for a client, for as long as the isolate lives. A cryptographic hash takes ten times as long and would
 * protect nothing: whoever can read the names can read the secret beside them.
 */
export const isolateName = (text: string): number => {
  secret ??= randomHex(8)
  return hash52(`${secret}\n${text}`)
}

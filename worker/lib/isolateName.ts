import { hash52, randomHex } from './hash'

let secret: string | undefined

/**
 * What an isolate calls somebody for as long as it lives. Who could read the names could read the secret beside them, so
 * that a hash that resists an attacker, which takes ten times as long, would resist none here.
 */
export const isolateName = (text: string): number => {
  secret ??= randomHex(8)
  return hash52(`${secret}\n${text}`)
}

import { badSetting } from './lineOf'

/**
 * One of the choices of a setting.
 * @throws Problem `bad_settings`
 */
export const oneOf = <T extends string>(given: unknown, where: string, choices: readonly T[]): T => {
  const found = choices.find(one => one === given)
  if (found) return found
  throw badSetting(`"${where}" must be one of ${choices.join(', ')}.`)
}

import { badSetting } from './lineOf'

/**
 * A number in a setting.
 * @throws Problem `bad_settings`
 */
export const settingNumber = (given: unknown, where: string, least: number, most: number): number => {
  if (typeof given === 'number' && given >= least && given <= most) return given
  throw badSetting(`"${where}" must be a number from ${least} to ${most}.`)
}

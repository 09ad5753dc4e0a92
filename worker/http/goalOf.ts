import { LIMITS } from '../../shared/limits'
import type { Goal, GoalRule } from '../../shared/settings'
import { badSetting, lineOf } from './lineOf'
import { namedEntry } from './namedEntry'
import { pageOf } from './pageOf'
import { settingNumber } from './settingNumber'
import { whereOf } from './whereOf'

/** The kinds of rule, each with its reader. */
const RULES: Readonly<Record<string, (given: unknown, where: string) => GoalRule>> = {
  event: (given, where) => ({ event: lineOf(given, where, LIMITS.eventName) }),
  page: (given, where) => ({ page: pageOf(given, where) }),
  scroll: (given, where) => ({ scroll: settingNumber(given, where, 1, 100) }),
  seconds: (given, where) => ({ seconds: settingNumber(given, where, 1, LIMITS.visibleSeconds) }),
}
const RULE_FIELDS = Object.keys(RULES)
const FIELDS = ['id', 'name', ...RULE_FIELDS, 'where', 'value']

/**
 * An entry of `settings.goals`.
 * @throws Problem `bad_settings`
 */
export const goalOf = (given: unknown, where: string): Goal => {
  const { id, name, fields } = namedEntry(given, where, FIELDS)
  const isGiven = (field: string): boolean => fields[field] !== undefined && fields[field] !== null
  const [kind = '', another] = RULE_FIELDS.filter(isGiven)
  const read = RULES[kind]
  if (!read || another !== undefined) throw badSetting(`"${where}" must have exactly one of ${RULE_FIELDS.join(', ')}.`)
  return {
    id,
    name,
    ...read(fields[kind], `${where}.${kind}`),
    ...(isGiven('where') && { where: whereOf(fields.where, `${where}.where`) }),
    ...(isGiven('value') && { value: settingNumber(fields.value, `${where}.value`, 0, LIMITS.amount) }),
  }
}

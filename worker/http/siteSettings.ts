import { LIMITS } from '../../shared/limits'
import { EMPTY_SETTINGS, GPC_SETTINGS, PURCHASE_SETTINGS, type Rule, type SiteSettings } from '../../shared/settings'
import { VERDICTS } from '../../shared/verdicts'
import { type Fields, isFields } from '../collect/parse/fields'
import { Problem } from '../lib/problem'
import { alarmSettingsOf } from './alarmSettingsOf'
import { annotationOf, sortedAnnotations } from './annotationOf'
import { filterOutOf } from './filterOutOf'
import { funnelOf } from './funnelOf'
import { goalOf } from './goalOf'
import { hostOf } from './hostOf'
import { badSetting, lineOf } from './lineOf'
import { oneOf } from './oneOf'
import { pageOf } from './pageOf'
import { scheduledReportOf } from './scheduledReportOf'
import { segmentOf } from './segmentOf'

const MOST_GOALS = 50
const MOST_FUNNELS = 20
const MOST_REPORTS = 20
const MOST_TIMES = 1_000
const MOST_MONTHS = 120
const FEWEST_BYTES = 1_000_000
const MOST_BYTES = 100_000_000_000
/** Characters. */
const FEATURE = 200

/** The kinds of rule, each with its reader. */
const RULES: Readonly<Record<string, (given: unknown, where: string) => Rule>> = {
  event: (given, where) => ({ event: lineOf(given, where, LIMITS.eventName) }),
  page: (given, where) => ({ page: pageOf(given, where) }),
  feature: (given, where) => ({ feature: lineOf(given, where, FEATURE) }),
}
const RULE_FIELDS = Object.keys(RULES)

const isGiven = (fields: Fields, name: string): boolean => fields[name] !== undefined && fields[name] !== null

/** The fields of an entry that is an object or a string short for one. */
const fieldsOf = (given: unknown, where: string, short: (text: string) => Fields, more: readonly string[]): Fields => {
  if (typeof given === 'string') return short(given)
  if (!isFields(given)) throw badSetting(`"${where}" must be a string or an object like {"event":"chat_opened"}.`)
  const known = [...more, ...RULE_FIELDS]
  const unknown = Object.keys(given).find(name => !known.includes(name))
  if (unknown !== undefined) {
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${known.join(', ')}.`)
  }
  return given
}

const ruleOf = (fields: Fields, where: string): Rule => {
  const [field, another] = RULE_FIELDS.filter(name => isGiven(fields, name))
  const read = RULES[field ?? '']
  if (!read || another !== undefined) throw badSetting(`"${where}" must have exactly one of ${RULE_FIELDS.join(', ')}.`)
  return read(fields[field ?? ''], `${where}.${field}`)
}

/** A string that begins with "/" is a page, any other an event. */
const shortRule = (text: string): Fields => (text.startsWith('/') ? { page: text } : { event: text })

const plainRule = (given: unknown, where: string): Rule => ruleOf(fieldsOf(given, where, shortRule, []), where)

const timesOf = (fields: Fields, where: string): number => {
  const times = fields.times ?? 1
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1 || times > MOST_TIMES) {
    throw badSetting(`"${where}.times" must be a whole number from 1 to ${MOST_TIMES}.`)
  }
  return times
}

const countedRule = (given: unknown, where: string): Rule & { times: number } => {
  const fields = fieldsOf(given, where, shortRule, ['times'])
  return { ...ruleOf(fields, where), times: timesOf(fields, where) }
}

/** A feature without a rule is the one that feature_used events name. */
const namedRule = (given: unknown, where: string): Rule & { name: string } => {
  const fields = fieldsOf(given, where, name => ({ name }), ['name'])
  const name = lineOf(fields.name, `${where}.name`, FEATURE)
  const hasRule = RULE_FIELDS.some(field => isGiven(fields, field))
  return { name, ...(hasRule ? ruleOf(fields, where) : { feature: name }) }
}

const listOf = <T>(
  given: unknown,
  name: string,
  read: (entry: unknown, where: string) => T,
  most: number = LIMITS.entriesPerSetting,
): T[] => {
  if (!Array.isArray(given) || given.length > most) {
    throw badSetting(`"settings.${name}" must be a list of at most ${most} entries.`)
  }
  return given.map((entry, index) => read(entry, `settings.${name}[${index}]`))
}

/** @throws Problem `bad_settings` for two entries of one name */
const eachOnce = <T>(entries: readonly T[], setting: string, nameOf: (entry: T) => string): readonly T[] => {
  const names = entries.map(nameOf)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) throw badSetting(`"settings.${setting}" names "${twice}" twice.`)
  return entries
}

const parameterOf = (given: unknown, where: string): string => {
  const name = lineOf(given, where, FEATURE)
  if (/[&=#?]/.test(name)) throw badSetting(`"${where}" must be the name of a query parameter, like "utm_id".`)
  return name
}

const monthsOf = (given: unknown): number => {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= MOST_MONTHS) return given
  throw badSetting(
    `"settings.retention_months" must be a whole number from 1 to ${MOST_MONTHS}, or null to keep all events.`,
  )
}

const bytesOf = (given: unknown): number => {
  if (typeof given === 'number' && Number.isInteger(given) && given >= FEWEST_BYTES && given <= MOST_BYTES) return given
  throw badSetting(`"settings.daily_bytes" must be a whole number of bytes from ${FEWEST_BYTES} to ${MOST_BYTES}.`)
}

const yesOrNo = (given: unknown, where: string): boolean => {
  if (typeof given === 'boolean') return given
  throw badSetting(`"${where}" must be true or false.`)
}

/** Every setting with its reader. */
const SETTINGS: { readonly [Name in keyof SiteSettings]: (given: unknown) => SiteSettings[Name] } = {
  hostnames: given => listOf(given, 'hostnames', (host, where) => hostOf(lineOf(host, where, LIMITS.url), where)),
  conversions: given => listOf(given, 'conversions', plainRule),
  value_event: given => plainRule(given, 'settings.value_event'),
  product_qualified: given => listOf(given, 'product_qualified', countedRule),
  features: given => eachOnce(listOf(given, 'features', namedRule), 'features', ({ name }) => name),
  segments: given => eachOnce(listOf(given, 'segments', segmentOf), 'segments', ({ id }) => id),
  annotations: given => sortedAnnotations(listOf(given, 'annotations', annotationOf)),
  filters_out: given => listOf(given, 'filters_out', filterOutOf),
  excluded_verdicts: given =>
    eachOnce(
      listOf(given, 'excluded_verdicts', (verdict, where) => oneOf(verdict, where, VERDICTS)),
      'excluded_verdicts',
      verdict => verdict,
    ),
  kept_parameters: given => eachOnce(listOf(given, 'kept_parameters', parameterOf), 'kept_parameters', name => name),
  goals: given => eachOnce(listOf(given, 'goals', goalOf, MOST_GOALS), 'goals', ({ id }) => id),
  funnels: given => eachOnce(listOf(given, 'funnels', funnelOf, MOST_FUNNELS), 'funnels', ({ id }) => id),
  purchases: given => oneOf(given, 'settings.purchases', PURCHASE_SETTINGS),
  browser_money: given => yesOrNo(given, 'settings.browser_money'),
  gpc: given => oneOf(given, 'settings.gpc', GPC_SETTINGS),
  retention_months: monthsOf,
  daily_bytes: bytesOf,
  reports: given =>
    eachOnce(
      listOf(given, 'reports', scheduledReportOf, MOST_REPORTS),
      'reports',
      ({ every, kind, to }) => `${every}, ${kind}, ${to}`,
    ),
  alarms: alarmSettingsOf,
}

const isSetting = (name: string): name is keyof SiteSettings => Object.hasOwn(SETTINGS, name)

/**
 * A site's settings after a change: `null` resets a setting, and one that is not given keeps its value.
 * @throws Problem `unknown_setting`, `bad_settings`, `bad_domain`
 * @example siteSettingsOf({ conversions: ['chat_opened'] }, EMPTY_SETTINGS).conversions // [{ event: 'chat_opened' }]
 */
export const siteSettingsOf = (given: unknown, before: SiteSettings): SiteSettings => {
  if (given === undefined) return before
  if (!isFields(given)) throw badSetting('"settings" must be an object.')
  let after = before
  for (const [name, value] of Object.entries(given)) {
    if (!isSetting(name)) {
      throw new Problem(
        400,
        'unknown_setting',
        `Unknown setting "${name.slice(0, 60)}". The settings are ${Object.keys(SETTINGS).join(', ')}.`,
      )
    }
    after = { ...after, [name]: value === null ? EMPTY_SETTINGS[name] : SETTINGS[name](value) }
  }
  return after
}

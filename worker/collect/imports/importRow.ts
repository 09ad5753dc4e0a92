import { hasCurrency, type ImportDefinition, type ImportText, importColumns } from '../../../shared/imports'
import { LIMITS } from '../../../shared/limits'
import { parseDay } from '../../lib/calendar'
import { isCurrency, toMinor } from '../../lib/money'
import { Problem } from '../../lib/problem'
import type { ImportRow } from '../../storage/importRow'
import { channelNamed, channelOf } from '../enrich/channel'
import { referrerOfName } from '../enrich/referrers'
import { type Fields, identifier, isFields, number, text } from '../parse/fields'
import { missingValue } from './missingValue'

/** The import that a row belongs to. */
export interface ImportContext {
  readonly definition: ImportDefinition
  /** The site's currency, for money without one. */
  readonly currency: string
  /** The site's local day, days since 1970. */
  readonly today: number
}

/** Days a row may be away from today: 100 years. */
const MOST_DAYS = 36_525

const rejection = (code: string, message: string): Problem => new Problem(400, code, message)

const checkNames = (fields: Fields, definition: ImportDefinition): void => {
  const names = importColumns(definition).map(({ name }) => name)
  const unknown = Object.keys(fields).find(name => !names.includes(name))
  if (unknown !== undefined) {
    throw rejection('unknown_column', `"${unknown.slice(0, 40)}" is not a column. Columns: ${names.join(', ')}.`)
  }
}

const dayField = (fields: Fields, today: number): number => {
  const given = text(fields, 'day', 40)?.trim() ?? ''
  const day = parseDay(given)
  if (day === null) throw rejection('bad_day', `"day" must be a day of the calendar like 2026-01-31, not "${given}".`)
  if (Math.abs(day - today) > MOST_DAYS) throw rejection('bad_day', `"day" is ${given}, over 100 years from today.`)
  return day
}

/** The dimension's own spelling of values that people spell in several ways: utm_source=google is Google. */
const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  channel: channelNamed,
  source: text => referrerOfName(text)?.name ?? text,
}

/** Spaces around a value would make it differ from the dimension's. */
const keyText = (
  fields: Fields,
  { name, dimension, describedBy, values, longest = LIMITS.itemField }: ImportText,
): string => {
  const given = fields[name] === '' ? '' : (identifier(fields, name, longest)?.trim() ?? '')
  if (values && !values.includes(given)) {
    const all = values.map(value => value || '""').join(', ')
    throw rejection(`unknown_${name}`, `"${name}" must be one of ${all}, not "${given.slice(0, 40)}".`)
  }
  const described = String((describedBy === undefined ? dimension : fields[describedBy]) ?? '').trim()
  const written = WRITTEN[described]?.(given) ?? given
  return describedBy !== undefined && written === '' ? missingValue(described) : written
}

/** Adds the channel that a medium stands for; a row without either has none. */
const withChannel = (
  texts: Readonly<Record<string, string>>,
  fields: Fields,
  { takesMedium }: ImportDefinition,
): Readonly<Record<string, string>> => {
  const medium =
    takesMedium && fields.medium !== '' ? (identifier(fields, 'medium', LIMITS.itemField)?.trim() ?? '') : ''
  const { channel, source = '', campaign = '' } = texts
  if (medium === '' || channel !== '') return texts
  return { ...texts, channel: channelOf({ source, medium, campaign, kind: referrerOfName(source)?.kind }) }
}

const currencyOf = (fields: Fields, siteCurrency: string): string => {
  const given = (text(fields, 'currency', 40) ?? '').trim()
  const currency = given.toUpperCase() || siteCurrency
  if (!isCurrency(currency))
    throw rejection('unknown_currency', `"${given}" is not an ISO 4217 currency code, such as EUR.`)
  return currency
}

const numberOf = (fields: Fields, { name, form, most }: ImportDefinition['numbers'][number]): number | null => {
  const given = fields[name]
  if (typeof given === 'string') {
    throw rejection('wrong_type', `"${name}" must be a number like 1234.5, not "${given.slice(0, 40)}".`)
  }
  const value = number(fields, name, 0, most)
  if (value !== null && form === 'count' && !Number.isInteger(value)) {
    throw rejection('not_whole', `"${name}" must be a whole number.`)
  }
  return value
}

const numbersOf = (fields: Fields, { kind, numbers }: ImportDefinition, currency: string): Record<string, number> => {
  const given: Record<string, number> = {}
  for (const column of numbers) {
    const value = numberOf(fields, column)
    if (value !== null) given[column.name] = column.form === 'amount' ? toMinor(value, currency) : value
    else if (column.required) throw rejection(`missing_${column.name}`, `A row of ${kind} needs "${column.name}".`)
  }
  return given
}

const checkRules = (given: Readonly<Record<string, number>>, { kind, pairs, atMost }: ImportDefinition): void => {
  const half = pairs.find(([one, other]) => one in given !== other in given)
  if (half) throw rejection('half_pair', `"${half[0]}" and "${half[1]}" must be given together.`)
  if (pairs.length > 0 && !pairs.some(([one]) => one in given)) {
    const ways = pairs.map(([one, other]) => `"${one}" with "${other}"`).join(' or ')
    throw rejection('missing_pair', `A row of ${kind} needs ${ways}.`)
  }
  // A number that is not given is unknown, not 0.
  const over = atMost.find(([part, whole]) => Number(given[part] ?? 0) > Number(given[whole] ?? Infinity))
  if (over) throw rejection(`over_${over[1]}`, `"${over[0]}" must be at most "${over[1]}".`)
}

/**
 * A row of an import from its fields, which are those of its JSON.
 * @throws Problem with a code of its own for each thing that can be wrong
 * @example importRow({ day: '2026-01-31', amount: 120.5 }, { definition: costs, currency: 'EUR', today }).numbers // { amount: 12050 }
 */
export const importRow = (value: unknown, { definition, currency: siteCurrency, today }: ImportContext): ImportRow => {
  if (!isFields(value)) throw rejection('bad_shape', 'A row must be an object like {"day":"2026-01-31", …}.')
  checkNames(value, definition)
  const day = dayField(value, today)
  const given = Object.fromEntries(definition.texts.map(text => [text.name, keyText(value, text)]))
  const texts = withChannel(given, value, definition)
  const currency = hasCurrency(definition) ? currencyOf(value, siteCurrency) : siteCurrency
  const numbers = numbersOf(value, definition, currency)
  checkRules(numbers, definition)
  const holdsMoney = definition.numbers.some(({ name, form }) => form === 'amount' && name in numbers)
  return { day, texts, currency: holdsMoney ? currency : null, numbers }
}

import type { Annotation } from '../../shared/settings'
import { isFields } from '../collect/parse/fields'
import { parseDay } from '../lib/calendar'
import { badSetting, lineOf } from './lineOf'

/** Characters. */
const TEXT = 200

/**
 * A note on a day.
 * @throws Problem `bad_settings`
 */
export const annotationOf = (given: unknown, where: string): Annotation => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object like {"day":"2026-01-31","text":"New prices"}.`)
  const unknown = Object.keys(given).find(name => name !== 'day' && name !== 'text')
  if (unknown !== undefined)
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use day, text.`)
  const { day } = given
  if (typeof day !== 'string' || parseDay(day) === null) {
    throw badSetting(`"${where}.day" must be a day like 2026-01-31.`)
  }
  return { day, text: lineOf(given.text, `${where}.text`, TEXT) }
}

export const isSameAnnotation = (one: Annotation, other: Annotation): boolean =>
  one.day === other.day && one.text === other.text

/** Each annotation once, by day and in the order of their texts. */
export const sortedAnnotations = (annotations: readonly Annotation[]): Annotation[] =>
  annotations
    .filter((one, index) => annotations.findIndex(other => isSameAnnotation(one, other)) === index)
    .sort((one, other) => (one.day + one.text < other.day + other.text ? -1 : 1))

import type { PluralForms } from './dictionary'
import { LOCALE } from './locale'
import type { Template } from './texts'

type Values<Name extends string, Value> = { readonly [Key in Name]: Key extends 'count' ? number : Value }

const formOf = (template: unknown, count: unknown, locale: string): string => {
  if (typeof template === 'string') return template
  const forms = template as PluralForms
  return forms[new Intl.PluralRules(locale).select(Number(count))] ?? forms.other
}

/**
 * The parts of a text with values in its places, for values that are elements.
 * @example partsOf(texts.welcome, { name: <bdi>{name}</bdi> }) // ['Welcome, ', <bdi>Ada</bdi>, '.']
 */
export const partsOf = <Name extends string, Value>(
  template: Template<Name>,
  values: Values<Name, Value>,
  locale = LOCALE,
): (Value | string)[] => {
  const given = values as Readonly<Record<string, Value | number>>
  return formOf(template, given.count, locale)
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? part : inLocale(given[part], locale)) as Value | string)
    .filter(part => part !== '')
}

const inLocale = <Value>(value: Value, locale: string): Value | string =>
  typeof value === 'number' ? value.toLocaleString(locale) : value

/**
 * A text with values in its places. Numbers are written as the language does, and `count` chooses the plural form.
 * @example fill(pathsTexts.steps, { count: 1200 }) // '1,200 steps'
 */
export const fill = <Name extends string>(
  template: Template<Name>,
  values: Values<Name, string | number>,
  locale = LOCALE,
): string => partsOf(template, values, locale).join('')

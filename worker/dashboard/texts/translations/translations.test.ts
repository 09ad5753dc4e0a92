import { describe, expect, test } from 'vitest'
import { METRICS } from '../../../metrics/definitions'
import { DIMENSIONS } from '../../../metrics/dimensions'
import { dimensionName } from '../../dimensionName'
import { ALL_TEXTS } from '../allTexts'
import type { PluralForms } from '../dictionary'
import { LANGUAGES } from '../languages'
import { TRANSLATIONS } from './translations'

type Text = string | PluralForms

const isText = (value: unknown): value is Text => typeof value === 'string' || (value !== null && isForms(value))

const isForms = (value: unknown): value is PluralForms =>
  typeof value === 'object' && value !== null && typeof (value as PluralForms).other === 'string'

/** Every text in an object, by its path. */
const textsIn = (value: unknown, path: string): [string, Text][] =>
  isText(value)
    ? [[path, value]]
    : Object.entries(value ?? {}).flatMap(([key, inner]) => textsIn(inner, path === '' ? key : `${path}.${key}`))

const DIMENSION_IDS = [...DIMENSIONS.map(({ id }) => id), 'property:link_url']

const ENGLISH: ReadonlyMap<string, Text> = new Map([
  ...textsIn(ALL_TEXTS, ''),
  ...METRICS.map(({ id, name }): [string, Text] => [`metricNames.${id}`, name]),
  ...DIMENSION_IDS.map((id): [string, Text] => [`dimensionNames.${id}`, dimensionName(id)]),
])

const placesIn = (text: string): string =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(([place]) => place))].toSorted().join(' ')

const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text))

/** What is wrong with one text of a translation. Any form but the last may say its number in words. */
const problemOf = (english: Text, text: Text, categories: readonly string[]): string | null => {
  if (formsOf(text).some(form => form.trim() === '')) return 'is empty'
  if (typeof english === 'string' && typeof text !== 'string') return 'has plural forms, and the English text has none'
  if (isForms(english) && (isForms(text) ? Object.keys(text) : ['other']).toSorted().join() !== categories.join())
    return `needs the plural forms ${categories.join(', ')}`
  const expected = placesIn(typeof english === 'string' ? english : english.other)
  const [whole, ...others] = isForms(text) ? [text.other, ...Object.values(text)] : [text]
  const isRight = (form: string) => [placesIn(form), placesIn(`${form}{count}`)].includes(expected)
  return placesIn(whole) === expected && others.every(isRight) ? null : `needs the places ${expected || 'of no value'}`
}

/** What is wrong with a translation, one line for each text. */
const problemsOf = (language: string, translation: object): string[] => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
  const translated = new Map(textsIn(translation, ''))
  const stale = [...translated.keys()].filter(path => !ENGLISH.has(path)).map(path => `${path} is not in use`)
  const wrong = [...ENGLISH].flatMap(([path, english]) => {
    const text = translated.get(path)
    const problem = text === undefined ? 'is missing' : problemOf(english, text, categories)
    return problem === null ? [] : `${path} ${problem}`
  })
  return [...stale, ...wrong]
}

describe('the check', () => {
  test('names what is missing and what is not in use', () => {
    const problems = problemsOf('sv', { overview: { title: 'Översikt', tilte: 'Översikt' } })
    expect(problems).toContain('overview.tilte is not in use')
    expect(problems).toContain('overview.panels.cards is missing')
    expect(problems).toContain('metricNames.visitors is missing')
    expect(problems).toContain('dimensionNames.entry_page is missing')
    expect(problems).not.toContain('overview.title is missing')
  })

  test('wants the places of the English text and the plural forms of the language', () => {
    const forms = { one: '{count} step', other: '{count} steps' }
    expect(problemOf('Site: {site}', 'Webbplats: {site}', ['one', 'other'])).toBe(null)
    expect(problemOf('Site: {site}', 'Webbplats', ['one', 'other'])).toBe('needs the places {site}')
    expect(problemOf('Pages', ' ', ['one', 'other'])).toBe('is empty')
    expect(problemOf(forms, { one: 'ett steg', other: '{count} steg' }, ['one', 'other'])).toBe(null)
    expect(problemOf(forms, { one: '{count} steg', other: 'steg' }, ['one', 'other'])).toBe('needs the places {count}')
    expect(problemOf(forms, { other: '{count} steg' }, ['one', 'other'])).toBe('needs the plural forms one, other')
    expect(problemOf(forms, '{count} 歩', ['other'])).toBe(null)
  })
})

test('every language but English has a translation', () => {
  expect(['en', ...Object.keys(TRANSLATIONS)].toSorted()).toEqual(Object.keys(LANGUAGES).toSorted())
})

test.for(Object.entries<object>(TRANSLATIONS))('%s is complete', ([language, translation]) => {
  expect(problemsOf(language, translation)).toEqual([])
})

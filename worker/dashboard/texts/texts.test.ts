import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ALL_TEXTS } from './allTexts'
import { fill, partsOf } from './fill'
import { nameOf, overlaid, texts } from './texts'

const ENGLISH = texts('test', {
  title: 'Paths',
  steps: { one: '{count} step', other: '{count} steps' },
  to: 'From {from} to {to}',
  units: { day: 'Day', days: { one: 'a day', other: '{count} days' } },
})

test('values are put into a text, numbers as its language writes them', () => {
  expect(fill(ENGLISH.to, { from: 'a', to: 1234.5 })).toBe('From a to 1,234.5')
  expect(fill(ENGLISH.to, { from: 'a', to: 1234.5 }, 'de')).toBe('From a to 1.234,5')
  expect(partsOf(ENGLISH.to, { from: ['x'], to: ['y'] })).toEqual(['From ', ['x'], ' to ', ['y']])
})

test('a value with braces is not read as a place', () => {
  expect(fill(ENGLISH.to, { from: '{to}', to: 'b' })).toBe('From {to} to b')
})

test('the plural form is that of the language', () => {
  expect([1, 2, 1200].map(count => fill(ENGLISH.steps, { count }))).toEqual(['1 step', '2 steps', '1,200 steps'])
  const { steps } = overlaid(ENGLISH, { steps: { one: '{count} krok', few: '{count} kroki', other: '{count} kroków' } })
  expect([1, 2, 5].map(count => fill(steps, { count }, 'pl'))).toEqual(['1 krok', '2 kroki', '5 kroków'])
})

test('what a translation lacks is English', () => {
  const translated = overlaid(ENGLISH, { title: 'Stigar', units: { day: 'Dag' } })
  expect(translated).toEqual({ ...ENGLISH, title: 'Stigar', units: { ...ENGLISH.units, day: 'Dag' } })
  expect(overlaid(ENGLISH, undefined)).toEqual(ENGLISH)
})

test('a wrong place, a missing one and a text that was not filled do not compile', () => {
  // @ts-expect-error: no such key
  expect(ENGLISH.tite).toBeUndefined()
  // @ts-expect-error: `to` is missing
  expect(fill(ENGLISH.to, { from: 'a' })).toBe('From a to ')
  // @ts-expect-error: `step` is no place of it
  expect(fill(ENGLISH.steps, { step: 1 })).not.toBe('1 step')
  // @ts-expect-error: a template is no string
  const title: string = ENGLISH.to
  expect(title).toBe('From {from} to {to}')
})

/** What is in the folder besides the texts of pages. */
const MACHINERY = [
  ...['allTexts', 'dictionary', 'dimensionNames', 'fill', 'inSentence', 'languages', 'locale', 'metricNames'],
  ...['texts', 'useTexts'],
]

test('each file of texts is in the list, under its own name', async () => {
  const files = (await readdir(import.meta.dirname)).flatMap(name => /^(\w+)\.ts$/.exec(name)?.[1] ?? [])
  expect(Object.keys(ALL_TEXTS).toSorted()).toEqual(files.filter(name => !MACHINERY.includes(name)).toSorted())
  expect(Object.values(ALL_TEXTS).map(nameOf)).toEqual(Object.keys(ALL_TEXTS))
})

test('every panel has a heading', async () => {
  const { PAGES } = await import('../pages')
  for (const { texts: own, panels } of PAGES) {
    expect(Object.keys(own.panels).toSorted()).toEqual(panels.map(({ id }) => id).toSorted())
    for (const id of Object.keys('leads' in own ? own.leads : {})) expect(Object.keys(own.panels)).toContain(id)
  }
})

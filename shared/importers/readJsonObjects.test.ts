import { expect, test } from 'vitest'
import { inMemory } from '../../test/readImport'
import { readJsonObjects } from './readJsonObjects'

const objectsOf = async (pieces: readonly string[]) => {
  const bytes = pieces.map(piece => new TextEncoder().encode(piece))
  let tooLong = 0
  const found: string[] = []
  for await (const objects of readJsonObjects(inMemory('x', bytes).open(), () => tooLong++)) found.push(...objects)
  return { found, tooLong }
}

test.each([
  ['an array', '[{"a":1},\n {"b":{"c":"}"}}]', ['{"a":1}', '{"b":{"c":"}"}}']],
  ['lines', '{"a":"\\"{"}\n{"b":"\\\\"}\n', ['{"a":"\\"{"}', '{"b":"\\\\"}']],
  ['nothing', '', []],
  ['nested arrays', '}[[{"a":[{}]}]]', ['{"a":[{}]}']],
])('%s is cut into objects', async (_, text, objects) => {
  expect((await objectsOf([text])).found).toEqual(objects)
  expect((await objectsOf([...text])).found).toEqual(objects)
})

test('an object that is too long is counted and not held in memory', async () => {
  const long = Array.from({ length: 18 }, () => 'x'.repeat(1_000_000))
  expect(await objectsOf(['[{"a":"', ...long, '"},{"b":1}]'])).toEqual({ found: ['{"b":1}'], tooLong: 1 })
})

import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../worker/api/body'
import { Problem } from '../../worker/problem'

const LIMIT = 1000
const HEAD = [...new TextEncoder().encode('{"text":"')]
const TAIL = [...new TextEncoder().encode('"}')]

/** What is valid in UTF-8, the character for what is not among it. */
const VALID = ['a', 'é', '€', '😀', '\uFFFD'].map(text => [...new TextEncoder().encode(text)])
/** What is not: lone bytes, characters that are cut off, overlong, half of a pair, beyond the last. */
const INVALID = [
  [0xff],
  [0xbf, 0xbf],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
]
const CUT_OFF = [0xf0, 0x9f, 0x98]

const read = async (bytes: readonly number[], headers: Record<string, string>): Promise<unknown> => {
  const body = Uint8Array.from(bytes)
  try {
    return await readJson(new Request('https://stats.example/', { method: 'POST', headers, body }), LIMIT)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** Read at once, as its length is known, and piece by piece. */
const bothWays = async (bytes: readonly number[]) => [
  await read(bytes, { 'content-length': String(bytes.length) }),
  await read(bytes, {}),
]

const strict = (bytes: readonly number[]): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes)))
  } catch {
    return 'bad_encoding'
  }
}

const inText = (...parts: readonly (readonly number[])[]) => [...HEAD, ...parts.flat(), ...TAIL]

describe('a body', () => {
  test('is UTF-8 or refused, whether it says its length or not', async () => {
    const seen = { good: 0, bad: 0 }
    const parts = fc.array(fc.oneof({ arbitrary: fc.constantFrom(...VALID), weight: 9 }, fc.constantFrom(...INVALID)))
    await fc.assert(
      fc.asyncProperty(parts, async parts => {
        const body = inText(...parts)
        const expected = strict(body)
        seen[expected === 'bad_encoding' ? 'bad' : 'good']++
        expect(await bothWays(body)).toEqual([expected, expected])
      }),
      { seed: env.TEST_SEED, numRuns: 1000 },
    )
    expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(100)
  })

  test('with a character of four bytes without its last says so where that is seen', async () => {
    expect(await bothWays(inText(CUT_OFF))).toEqual([{ text: '\uFFFD' }, 'bad_encoding'])
    expect(await bothWays(inText(CUT_OFF, [0xff]))).toEqual(['bad_encoding', 'bad_encoding'])
  })

  test.each([
    [LIMIT, { text: 'a'.repeat(LIMIT - HEAD.length - TAIL.length) }],
    [LIMIT + 1, 'body_too_large'],
  ])('of %i bytes', async (size, expected) => {
    const body = inText(Array<number>(size - HEAD.length - TAIL.length).fill(0x61))
    expect(await bothWays(body)).toEqual([expected, expected])
  })

  test('with more than it says is refused', async () => {
    const body = inText(Array<number>(LIMIT).fill(0x61))
    expect(await read(body, { 'content-length': '10' })).toBe('body_too_large')
  })

  test.each(['', '{', '{"text":"a"', 'nothing'])('that is no JSON: %j', async text => {
    expect(await bothWays([...new TextEncoder().encode(text)])).toEqual(['bad_json', 'bad_json'])
  })
})

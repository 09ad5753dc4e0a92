import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson, readBeaconBody, readJson } from '../../worker/http/body'
import { Problem } from '../../worker/lib/problem'

const LIMIT = 1000
const HEAD = [...new TextEncoder().encode('{"text":"')]
const TAIL = [...new TextEncoder().encode('"}')]

/** Valid UTF-8, and the replacement for invalid bytes. */
const VALID = ['a', 'é', '€', '😀', '\uFFFD'].map(text => [...new TextEncoder().encode(text)])
/** Invalid UTF-8: lone bytes, truncated characters, overlong forms, surrogate halves, beyond the last code point. */
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

const readBeaconJson = async (request: Request, limit: number): Promise<unknown> =>
  parseJson((await readBeaconBody(request, limit)).text)

const read = async (bytes: readonly number[], length: number | null, how = readBeaconJson): Promise<unknown> => {
  const body = Uint8Array.from(bytes)
  const headers: HeadersInit = length === null ? {} : { 'content-length': String(length) }
  try {
    return await how(new Request('https://stats.example/', { method: 'POST', headers, body }), LIMIT)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** A beacon with a known length, the same in chunks, and a server's call with a known length. */
const everyWay = async (bytes: readonly number[]) => [
  await read(bytes, bytes.length),
  await read(bytes, null),
  await read(bytes, bytes.length, readJson),
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
  test('is UTF-8 or rejected, with or without a length', async () => {
    const seen = { good: 0, bad: 0 }
    const parts = fc.array(fc.oneof({ arbitrary: fc.constantFrom(...VALID), weight: 9 }, fc.constantFrom(...INVALID)))
    await fc.assert(
      fc.asyncProperty(parts, async parts => {
        const body = inText(...parts)
        const expected = strict(body)
        seen[expected === 'bad_encoding' ? 'bad' : 'good']++
        expect(await everyWay(body)).toEqual([expected, expected, expected])
      }),
      { seed: env.TEST_SEED, numRuns: 1000 },
    )
    expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(100)
  })

  test('that ends inside a four-byte character is rejected at that byte', async () => {
    expect(await everyWay(inText(CUT_OFF))).toEqual([{ text: '\uFFFD' }, 'bad_encoding', 'bad_encoding'])
    expect(await everyWay(inText(CUT_OFF, [0xff]))).toEqual(['bad_encoding', 'bad_encoding', 'bad_encoding'])
  })

  test.each([
    [LIMIT, { text: 'a'.repeat(LIMIT - HEAD.length - TAIL.length) }],
    [LIMIT + 1, 'body_too_large'],
  ])('of %i bytes', async (size, expected) => {
    const body = inText(Array<number>(size - HEAD.length - TAIL.length).fill(0x61))
    expect(await everyWay(body)).toEqual([expected, expected, expected])
  })

  test('longer than its stated length is rejected', async () => {
    const body = inText(Array<number>(LIMIT).fill(0x61))
    for (const how of [readBeaconJson, readJson]) expect(await read(body, 10, how)).toBe('body_too_large')
  })

  test.each(['', '{', '{"text":"a"', 'nothing'])('that is not JSON: %j', async text => {
    expect(await everyWay([...new TextEncoder().encode(text)])).toEqual(['bad_json', 'bad_json', 'bad_json'])
  })
})

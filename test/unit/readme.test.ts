import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'

const file = (path: string): Buffer => readFileSync(new URL(`../../${path}`, import.meta.url))

test('the README says how large the snippet is', () => {
  const { length } = brotliCompressSync(file('dist/s.js'), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  const said = /a script of ([\d,]+) bytes/.exec(String(file('README.md')))?.[1]
  expect(said?.replace(',', '')).toBe(String(length))
})

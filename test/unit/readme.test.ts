import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'

const file = (path: string): Buffer => readFileSync(new URL(`../../${path}`, import.meta.url))

test('the README states the size of the snippet', () => {
  const { length } = brotliCompressSync(file('dist/public/s.js'), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  const said = /a script of ([\d,]+) bytes/.exec(String(file('README.md')))?.[1]
  expect(said?.replace(',', '')).toBe(String(length))
})

test('the README repeats the measured and computed figures', () => {
  const readme = String(file('README.md'))
  const { rows_written_per_pageview, bytes_per_pageview, rows_read_dashboard_30d, overview_ms } = JSON.parse(
    String(file('docs/benchmarks.json')),
  )
  const ofMonth = /a month of 30 such days\*\* \| \*\*([\d,]+)/.exec(String(file('docs/scale.md')))?.[1]
  for (const figure of [
    `${rows_written_per_pageview.toFixed(2)} written`,
    `${Math.round(bytes_per_pageview)} bytes`,
    `${rows_read_dashboard_30d.toLocaleString('en-US')} rows in ${Math.round(overview_ms)} ms`,
    `nothing up to ${ofMonth} page views`,
  ])
    expect(readme.replaceAll('\n', ' ')).toContain(figure)
})

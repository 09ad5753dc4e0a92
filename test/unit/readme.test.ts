import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'

const file = (path: string): Buffer => readFileSync(new URL(`../../${path}`, import.meta.url))

const sizeOf = (script: string): string =>
  brotliCompressSync(file(`dist/public/${script}`), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  }).length.toLocaleString('en-US')

test('the README states the sizes of the scripts', () => {
  const readme = String(file('README.md'))
  expect(readme).toContain(`a script of ${sizeOf('s.js')} bytes`)
  expect(readme).toContain(`| Script | ${sizeOf('s.js')} bytes (\`npm run size\`)`)
  expect(readme).toContain(`; \`v.js\`, with the first two only, has ${sizeOf('v.js')}`)
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

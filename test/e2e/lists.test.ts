import { expect, test } from 'vitest'
import type { SCRIPTS } from '../../tools/snippet/scripts'
import { allArrived, collector, openTab } from './stage'

/** The paths, of those given, of the page views that a tag with these attributes records. */
const recorded = async (attributes: string, paths: readonly string[], script: keyof typeof SCRIPTS = 's.js') => {
  collector.show('/', `${collector.tag(attributes, script)}<body>`)
  const page = await openTab()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  for (const path of paths) await page.goto(collector.url(path))
  await page.evaluate(() => window.footfall('page_view'))
  await allArrived(page)
  expect(errors).toEqual([])
  return [...new Set(collector.paths)]
}

const ENCODED = '/%C3%BCber'

test.each([
  ['in UTF-8', '/über'],
  ['percent-encoded', ENCODED],
  ['percent-encoded in lower case', '/%c3%bcber'],
  ['with a line break at the end', '/x,\n/über\n'],
])('a list %s excludes the page, with and without a slash and however it is encoded', async (_, list) => {
  const excluded = ['/über', '/über/', ENCODED, '/%c3%bcber/']
  expect(await recorded(`data-exclude="${list}"`, [...excluded, '/uber', '/über/team'])).toEqual([
    '/uber',
    `${ENCODED}/team`,
  ])
})

test('v.js excludes them too', async () => {
  expect(await recorded('data-exclude="/über*"', ['/über', '/uber'], 'v.js')).toEqual(['/uber'])
})

test('a wildcard stands for any characters, and every other one for itself', async () => {
  const paths = ['/über/a/b', '/日本/x', '/a.b', '/a-b', '/en/admin', '/admin', '/other']
  expect(await recorded('data-exclude="/über/* /日*  */admin /a.b"', paths)).toEqual(['/a-b', '/other'])
})

test('only pages on the include list are recorded', async () => {
  const paths = ['/über', '/über/', '/', '/x']
  expect(await recorded('data-include="/über"', paths)).toEqual([ENCODED, `${ENCODED}/`])
})

test('a malformed percent sign, in the address or in the list, throws nothing and excludes what it says', async () => {
  const paths = ['/100%', '/über/100%', '/%E4', '/50%/off', '/other']
  expect(await recorded('data-exclude="/über*, /50%/*, /%E4"', paths)).toEqual(['/100%', '/other'])
})

test('storage that the browser forbids to read keeps no page from being excluded or recorded', async () => {
  collector.show(
    '/',
    `<script>Object.defineProperty(window, 'localStorage', { get() { throw new Error('Forbidden') } })</script>` +
      `${collector.tag('data-exclude="/über"')}<body>`,
  )
  const page = await openTab()
  await page.goto(collector.url('/über'))
  await page.goto(collector.url('/seen'))
  await collector.until('views', 1)
  await allArrived(page)
  expect(collector.paths).toEqual(['/seen'])
})

import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import type { Item } from '../../integrations/npm/src/properties'
import { EVENTS, type EventDefinition } from '../../shared/events'
import { PROJECT } from '../../tools/project'
import { buildTracker, TRACKER } from '../../tools/tracker/buildTracker'
import type { OrderItem } from '../../worker/collect/parse/items'
import { COLUMNS } from '../../worker/collect/parse/parameters'
import { sharedFolder } from './folder'

const folder = sharedFolder()

/** The names that a type lists, without its index signature. */
type Known<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] }
type Same<A, B> = [A, B] extends [B, A] ? true : never

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8')

/** Paths in the packed package, unpacked as an app would install it. */
let packed: string[]

beforeAll(async () => {
  await buildTracker()
  // On Windows npm is a batch file.
  const shell = process.platform === 'win32'
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder()]
  const { stdout } = spawnSync('npm', args, { cwd: TRACKER, encoding: 'utf8', shell })
  const [{ filename, files }] = Object.values(JSON.parse(stdout)) as [{ filename: string; files: { path: string }[] }]
  packed = files.map(({ path }) => path).sort()
  const home = join(folder(), 'node_modules/@footfall/tracker')
  mkdirSync(home, { recursive: true })
  await promisify(execFile)('tar', ['-xf', filename, '-C', home, '--strip-components=1'], { cwd: folder() })
  writeFileSync(join(folder(), 'package.json'), '{"type":"module"}')
})

test('the package has only its module, its types, its README and its licence', () => {
  const types = ['call', 'events', 'index', 'init', 'properties'].map(name => `dist/${name}.d.ts`)
  expect(packed).toEqual(['LICENSE', 'README.md', 'dist/index.js', ...types, 'package.json'].sort())
})

test('the package has no dependencies, and the version and licence of the project', () => {
  const own = JSON.parse(read('integrations/npm/package.json'))
  const { version, license } = JSON.parse(read('package.json'))
  expect(own).toMatchObject({ version, license })
  expect(Object.keys(own).filter(key => /dependencies/i.test(key))).toEqual([])
  expect(read('integrations/npm/LICENSE')).toBe(read('LICENSE'))
})

test('on a server every call does nothing', () => {
  const script = `
    const before = Object.keys(globalThis).join()
    const { consent, identify, init, pageView, track } = await import('@footfall/tracker')
    const results = [init({ src: 'https://stats.example.com/s.js' }), track('search'), identify('u'), pageView(), consent({ analytics: true })]
    console.log(JSON.stringify({ results: results.filter(one => one !== undefined), same: Object.keys(globalThis).join() === before }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder(),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual({ results: [], same: true })
})

/** tsc reports an `@ts-expect-error` above code that compiles, so each of them tests that a wrong call does not. */
const calls = (event: EventDefinition): string[] => {
  const call = (parameters: unknown): string => `track(${JSON.stringify(event.name)}, ${JSON.stringify(parameters)})`
  const required = event.requires ?? []
  const withoutEach = required.map(name => ({ ...event.example, [name]: undefined }))
  return [
    call({ ...event.example, note: 'mine' }),
    required.length === 0 ? call(undefined) : `// @ts-expect-error\n${call(undefined)}`,
    ...withoutEach.map(parameters => `// @ts-expect-error\n${call(parameters)}`),
  ]
}

const CONSUMER = `
import { type Events, type Item, init, type Properties, track } from '@footfall/tracker'

type Known<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] }
export const columns: Record<Known<Properties>, true> = ${JSON.stringify(Object.fromEntries([...COLUMNS].map(name => [name, true])))}
export const events: Record<keyof Events, true> = ${JSON.stringify(Object.fromEntries(EVENTS.map(({ name }) => [name, true])))}

track('newsletter_signup')
track('newsletter_signup', { source: 'footer', position: 2, again: false, campaign: null })
track('add_to_cart', { value: '40.00', items: [{ item_id: 7, price: '20.00', index: 1 }] })
const items: readonly Item[] = [{ item_id: 'MUG', quantity: 2 }]
track('purchase', { transaction_id: 'T1', value: 40, currency: 'EUR', items })
// @ts-expect-error
track('purchase', { transaction_id: 'T1', value: '€40' })
// @ts-expect-error
track('add_to_cart', { items: { item_id: 'MUG' } })
// @ts-expect-error
track('guide_step', { guide_id: 'welcome', step: 'first' })
// @ts-expect-error
track('newsletter_signup', { person: { name: 'Ada' } })
// @ts-expect-error
track('subscription_start', { price: 20, interval: 'fortnight' })
init({ src: '/s.js', site: 'shop.example', id: 'persistent', exclude: ['/admin*', '/draft'], debug: true })
init({ src: '/s.js', modules: 'pages', searchParameter: 'q', forms: true })
// @ts-expect-error
init({ site: 'shop.example' })
// @ts-expect-error
init({ src: '/s.js', sites: 'shop.example' })
`

test.each(['nodenext', 'bundler'])('the types have every event and what it requires, resolved by %s', resolution => {
  const sameItem: Same<Known<Item>, keyof OrderItem> = true
  expect(sameItem).toBe(true)
  const text = `${CONSUMER}${EVENTS.flatMap(calls).join('\n')}\n`
  writeFileSync(join(folder(), 'consumer.ts'), text)
  const flags = ['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022']
  const module = ['--module', resolution === 'bundler' ? 'esnext' : 'nodenext', '--moduleResolution', resolution]
  const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...module, '--types', '', 'consumer.ts'], {
    cwd: folder(),
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
})

test('init takes every attribute of the tag', () => {
  const [, section = ''] = /^## Attributes$(.*?)^## JavaScript API$/ms.exec(read('docs/tag.md')) ?? []
  const attributes = [...section.matchAll(/^\| `data-([a-z-]+)/gm)].map(([, name = '']) =>
    name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  )
  expect(attributes.length).toBeGreaterThan(6)
  const options = [...read('integrations/npm/src/init.ts').matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name)
  expect(options.sort()).toEqual(attributes.sort())
})

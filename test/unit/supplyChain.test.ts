import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { dependenciesDocument, type LockFile, packagesIn } from '../../tools/docs/dependenciesDocument'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

const read = <T>(file: string): T => JSON.parse(readFileSync(join(PROJECT, file), 'utf8'))

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

const MANIFEST = read<Manifest>('package.json')
const LOCK = read<LockFile & { readonly packages: Readonly<Record<string, Partial<Manifest>>> }>('package-lock.json')
const PACKAGES = packagesIn(LOCK)

/** Licences that ask for no more than their notice. */
const PERMISSIVE = [
  'MIT',
  'Apache-2.0',
  'MIT OR Apache-2.0',
  '(MIT OR CC0-1.0)',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'Unlicense',
  'CC0-1.0',
]

/** Licences of tools that nothing is shipped of, and why each is there. */
const OTHERS: Readonly<Record<string, RegExp>> = {
  // Tests accessibility in a browser.
  'MPL-2.0': /^(?:axe-core$|lightningcss)/,
  // Miniflare resizes images with it, which no test does. It is installed as a library of its own and linked by nothing.
  'LGPL-3.0-or-later': /^@img\/sharp-libvips-/,
  'Apache-2.0 AND LGPL-3.0-or-later': /^@img\/sharp-win32-/,
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT': /^@img\/sharp-wasm32$/,
  // Google's reader of `dataLayer`. Its file LICENSE is Apache 2.0.
  'none stated': /^data-layer-helper$/,
}

test('what is shipped has a permissive licence', () => {
  const shipped = PACKAGES.filter(({ dev }) => !dev)
  expect(shipped.length).toBeGreaterThan(5)
  expect(shipped.filter(({ license }) => !PERMISSIVE.includes(license)).map(({ name }) => name)).toEqual([])
})

test('a tool has a permissive licence, or one that is named here with the reason', () => {
  const unknown = PACKAGES.filter(({ name, license }) => !PERMISSIVE.includes(license) && !OTHERS[license]?.test(name))
  expect(unknown.map(({ name, license }) => `${name}: ${license}`)).toEqual([])
})

test('a package is installed only if it is the one that was locked', () => {
  expect(
    PACKAGES.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')).map(({ name }) => name),
  ).toEqual([])
})

test('the lock file names no other source than the registry that npm is set to', () => {
  expect(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":|"link":/)
})

test('package.json names exact versions, and the lock file has the same', () => {
  const { dependencies, devDependencies } = MANIFEST
  const inexact = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  )
  expect(inexact).toEqual([])
  expect(LOCK.packages['']).toMatchObject({ dependencies, devDependencies })
})

test('no package runs a script when it is installed, but those that package.json names', () => {
  const scripted = PACKAGES.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)
  expect(scripted).toEqual(Object.keys(MANIFEST.allowScripts).sort())
  expect(new Set(Object.values(MANIFEST.allowScripts))).toEqual(new Set([true]))
})

test('docs/dependencies.md says what each shipped package is for', () => {
  expect(dependenciesDocument(LOCK)).not.toMatch(/\| +\|$/m)
})

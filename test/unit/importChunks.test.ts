import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatOf, IMPORT_SOURCES } from '../../shared/importers/importSources'
import { startOf } from '../../shared/importers/openImport'
import { IMPORTS_FOLDER, inMemory, readImport } from '../readImport'

interface Export {
  readonly source: string
  readonly files: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[]
}

const bytesOf = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path))

/** A folder is named after its source, and what its files are. Its CSVs belong together; every other file is an export of its own. */
const exportsIn = (folder: string): Export[] => {
  const source = folder.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  const path = join(IMPORTS_FOLDER, folder)
  const files = readdirSync(path).map(name => [name, bytesOf(join(path, name))] as const)
  const tables = files.filter(([name]) => name.endsWith('.csv'))
  const others = files.filter(file => !tables.includes(file)).map(file => ({ source, files: [file] }))
  return tables.length > 0 ? [{ source, files: tables }, ...others] : others
}

const EXPORTS = readdirSync(IMPORTS_FOLDER).flatMap(exportsIn)

/** The same bytes in pieces. */
const cut = (bytes: Uint8Array<ArrayBuffer>, places: readonly number[]): Uint8Array<ArrayBuffer>[] => {
  const sorted = [0, ...places.map(place => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return sorted.slice(1).map((end, index) => bytes.slice(sorted[index], end))
}

test.each(
  EXPORTS.map(({ source, files }) => [`${source}: ${files.map(([name]) => name).join(' ')}`, source, files] as const),
)('%s gives the same events and days wherever its bytes are cut', async (_, name, files) => {
  const source = IMPORT_SOURCES.find(one => `${name}-`.startsWith(`${one.source}-`))
  if (!source) throw new Error(`there is no source ${name}`)
  const whole = files.map(([path, bytes]) => inMemory(path, [bytes]))
  const format = formatOf(source, await Promise.all(whole.map(startOf)))
  const expected = await readImport(format, whole)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async places => {
      const pieces = files.map(([path, bytes]) => inMemory(path, cut(bytes, places)))
      expect(await readImport(format, pieces)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
  const single = files.map(([path, bytes]) =>
    inMemory(
      path,
      Array.from(bytes, byte => new Uint8Array([byte])),
    ),
  )
  expect(await readImport(format, single)).toEqual(expected)
})

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

const FILES: ReadonlyMap<string, string> = new Map(
  ['snippet', 'shared', 'worker', 'tools'].flatMap(folder =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name) && !/\.(test|d)\.ts$/.test(name))
      .map(name => [`${folder}/${name}`, readFileSync(join(PROJECT, folder, name), 'utf8')] as const),
  ),
)

const EXPORT =
  /^export (?:default )?(?:async )?(?:abstract )?(const|let|function\*?|class|interface|type|enum) (\w+)|^export (?:type )?\{([^}]*)\}/gm

/** Names that a file exports; only types if asked. */
const exportsOf = (text: string, onlyTypes = false): string[] =>
  [...text.matchAll(EXPORT)].flatMap(([, kind = '', name, list = '']) => {
    if (name !== undefined) return !onlyTypes || /class|interface|type|enum/.test(kind) ? [name] : []
    const names = list.split(',').map(one => one.trim().split(/\s+/).at(-1) ?? '')
    return onlyTypes ? [] : names.filter(one => one !== '')
  })

test('an exported type has a unique name', () => {
  const files = new Map<string, string[]>()
  for (const [file, text] of FILES) {
    for (const name of new Set(exportsOf(text, true))) files.set(name, [...(files.get(name) ?? []), file])
  }
  expect(Object.fromEntries([...files].filter(([, declared]) => declared.length > 1))).toEqual({})
})

/** Files with several exports on one subject, after which they are named. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'shared/sessionRules.ts': 'limits of a session',
  'shared/time.ts': 'lengths of time',
  'snippet/page-view.ts': 'the view that the snippet measures',
  'tools/demoData/planner/site.ts': 'the demo planner, as PLANNER',
  'tools/demoData/shop/browsing.ts': 'what shoppers look at',
  'tools/demoData/shop/cart.ts': 'what shoppers buy',
  'tools/demoData/shop/site.ts': 'the demo shop, as SHOP',
  'tools/server/migrate.ts': 'the migration of a local database',
  'worker/collect/identity/identifyVisitor.ts': 'the visitor of an event',
  'worker/collect/imports/importCsv.ts': 'the lines of a CSV to import',
  'worker/dashboard/address.ts': 'views and their addresses',
  'worker/http/auth.ts': 'who calls and what they may do',
  'worker/http/openapi/operation.ts': 'parts of an OpenAPI operation',
  'worker/http/rateLimit.ts': 'limits on calls, records and bytes',
  'worker/http/signInSession.ts': 'sessions of people who signed in',
  'worker/lib/calendar.ts': 'local days and time zones',
  'worker/lib/money.ts': 'minor and major units',
  'worker/lib/timeRange.ts': 'spans of time and of local days, as Range',
  'shared/normal.ts': 'the normal distribution',
  'worker/relations/sql/tables.ts': 'common tables that relations share',
  'worker/rollups/todayOf.ts': "what today's rollup holds",
  'worker/sessions/storedSession.ts': 'a session as stored',
  'worker/storage/assembled/eventStatements.ts': 'statements on events',
  'worker/storage/assembled/sessionStatements.ts': 'statements on sessions',
  'worker/storage/assembled/sqlLists.ts': 'lists in SQL',
  'worker/storage/assembled/unreported.ts': 'numbers that were not reported, as stored',
  'worker/storage/backup/backupRestore.ts': 'the steps of a restore',
  'worker/storage/schema.ts': 'all tables and their columns',
}

const plain = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase().replace(/s$/, '')

/** A file is named after an export, or after the common part of the names of its exports. */
const isNamedAfterExport = (file: string, text: string): boolean => {
  const names = exportsOf(text)
  const own = plain(basename(file).replace(/\.tsx?$/, ''))
  return names.length === 0 || own === 'index' || file in SUBJECTS || names.some(name => plain(name).includes(own))
}

describe('a file', () => {
  test('is named after an export', () => {
    expect([...FILES].filter(([file, text]) => !isNamedAfterExport(file, text)).map(([file]) => file)).toEqual([])
  })

  test('is listed as named after its subject only if necessary', () => {
    const isNeedless = (file: string): boolean => {
      const own = plain(basename(file).replace(/\.tsx?$/, ''))
      return exportsOf(FILES.get(file) ?? '').some(name => plain(name).includes(own))
    }
    expect(Object.keys(SUBJECTS).filter(isNeedless)).toEqual([])
  })
})

/** Words that docs/glossary.md replaced and that no name, comment or text may use, each with its successor. */
const REPLACED: Readonly<Record<string, string>> = {
  'have not had their time': 'maturing',
  'identity claims?': 'identity link',
  'keep out': 'filter',
  'lasting (visitor|user)s?': 'persistent id',
  'left with goods': 'abandoned',
  rough: 'low sample',
  'running sums': "today's rollup",
  'thousand million': 'billion',
}

/** A text with its identifiers split into words, in lower case and on one line. */
const wordsOf = (text: string): string =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/_|\s+(\* )?/g, ' ')
    .toLowerCase()

test.each(Object.entries(REPLACED))('no file says "%s": the word is %s', word => {
  const found = [...FILES].filter(([, text]) => new RegExp(`\\b${word}\\b`).test(wordsOf(text)))
  expect(found.map(([file]) => file)).toEqual([])
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

const read = (file: string): string => readFileSync(join(PROJECT, file), 'utf8')

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'integrations/npm/README.md',
  'worker/dashboard/README.md',
  'test/benchmark/README.md',
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => join('docs', name)),
]

/** A document without its code, which holds no links and paths. */
const proseOf = (file: string): string => read(file).replace(/^```[\s\S]*?^```/gm, '')

/** GitHub's anchors of headings. */
const anchorsIn = (file: string): string[] =>
  [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Targets of relative links, as `file#anchor`; the document itself if they name no file. */
const linksIn = (file: string): string[] =>
  [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .flatMap(([, target = '']) => (/^[a-z]+:/.test(target) ? [] : [target]))
    .map(target => (target.startsWith('#') ? `${file}${target}` : join(dirname(file), target)))

const isThere = (link: string): boolean => {
  const [path = '', anchor] = link.split('#')
  return existsSync(join(PROJECT, path)) && (anchor === undefined || anchorsIn(path).includes(anchor))
}

const ROOMS = 'deploy|docs|integrations|shared|snippet|test|tools|worker'

/** Paths of the repository in back quotes; one with a `<name>`, a `*` or `…` in it names no file. */
const pathsIn = (file: string): string[] =>
  [...proseOf(file).matchAll(new RegExp(`\`((?:${ROOMS})/[^\`\\s]*)\``, 'g'))].flatMap(([, path = '']) =>
    /[<*…]/.test(path) ? [] : [path],
  )

describe.each(DOCUMENTS)('%s', file => {
  test('has only relative links that resolve', () => {
    expect(linksIn(file).filter(link => !isThere(link))).toEqual([])
  })

  test('names only paths that exist', () => {
    expect(pathsIn(file).filter(path => !existsSync(join(PROJECT, path)))).toEqual([])
  })
})

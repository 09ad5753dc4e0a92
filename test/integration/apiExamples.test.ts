import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import api from '../../docs/api.md?raw'
import { migrate } from './setup'

beforeAll(migrate)

/** A call from the document and its documented answer. */
interface Example {
  readonly curl: string
  readonly type: string
  readonly status: number
  readonly answer: string
}

const EXAMPLE = /```sh\n(curl [\s\S]*?)```\n+```(\w+) (\d{3})\n([\s\S]*?)```/g

const examples: readonly Example[] = [...api.matchAll(EXAMPLE)].map(
  ([, curl = '', type = '', status, answer = '']) => ({ curl, type, status: Number(status), answer }),
)

/** Shell variables that a reader has set by then. */
const variables: Record<string, string> = { API: 'https://stats.example/api/v1', ADMIN_TOKEN: env.ADMIN_TOKEN }

const expanded = (text: string): string => text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '')

/** The words of a command, as split by a shell: nothing is expanded in single quotes. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, raw, quoted, bare]) =>
    raw === undefined ? expanded(quoted ?? bare ?? '') : raw,
  )

const requestOf = (command: string): Request => {
  const [, ...words] = wordsOf(command)
  const headers = new Headers()
  let method: string | undefined
  let url = ''
  let body: string | null = null
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (word === '-X') method = words.shift()
    else if (word === '-H') headers.append(...((words.shift() ?? '').split(': ') as [string, string]))
    else if (word === '-d' || word === '--data-binary') body = words.shift() ?? ''
    else url = word
  }
  return new Request(url, { method: method ?? (body === null ? 'GET' : 'POST'), headers, body })
}

/** Differ from run to run or from release to release: only their types are compared. */
const VOLATILE = new Set([
  'key',
  'id',
  'url',
  'created',
  'visitor',
  'since',
  'day',
  'rows_read',
  'duration_ms',
  'message',
])

/** Ends a shortened list. */
const REST = '…'

/** Matches every answer that includes the shown fields, numbers to three decimals. */
const shapeOf = (shown: unknown, name = ''): unknown => {
  if (VOLATILE.has(name)) return expect.any(Object(shown).constructor)
  if (typeof shown === 'number') return expect.closeTo(shown, 3)
  if (Array.isArray(shown)) {
    const items = shown.map(one => shapeOf(one))
    return shown.at(-1) === REST ? expect.arrayContaining(items.slice(0, -1)) : items
  }
  if (typeof shown !== 'object' || shown === null) return shown
  return expect.objectContaining(
    Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, shapeOf(value, key)])),
  )
}

/** Later examples use the keys of earlier ones. */
const noteKey = (answer: { readonly scope?: string; readonly key?: string }): void => {
  if (answer.key) variables[`${answer.scope?.toUpperCase()}_KEY`] = answer.key
}

test('docs/api.md has examples', () => {
  expect(examples.length).toBe(api.match(/^```sh\ncurl /gm)?.length)
})

test.each(examples)('$curl', async ({ curl, type, status, answer }) => {
  const response = await exports.default.fetch(requestOf(curl))
  const text = await response.text()
  expect([response.status, status === response.status ? '' : text]).toEqual([status, ''])
  if (type !== 'json') return expect(text.replaceAll('\r', '').trim()).toBe(answer.trim())
  const found = JSON.parse(text)
  noteKey(found)
  expect(found).toEqual(shapeOf(JSON.parse(answer)))
})

import { expect, test } from 'vitest'
import document from '../../../docs/openapi.json'

interface Operation {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly security?: readonly object[]
}

const METHODS = ['get', 'post', 'patch', 'delete']
const OPERATIONS = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => METHODS.includes(method))
    .map(([method, operation]) => ({ name: `${method} ${path}`, ...(operation as Operation) })),
)

test('every operation has an id of its own, a tag that is described, and says who may call it', () => {
  const tags = document.tags.map(({ name }) => name)
  const ids = OPERATIONS.map(({ operationId }) => operationId)
  const lacking = OPERATIONS.filter(
    ({ operationId, tags: own = [], security }) =>
      !operationId || own.length !== 1 || !own.every(tag => tags.includes(tag)) || security === undefined,
  )
  expect([lacking, new Set(ids).size]).toEqual([[], OPERATIONS.length])
})

test('anyone may send a beacon, and nobody without a key a query', () => {
  const securityOf = (id: string) => OPERATIONS.find(({ operationId }) => operationId === id)?.security
  expect([securityOf('sendBeacon'), securityOf('query')]).toEqual([[], [{ key: [] }]])
})

/** Values of every `$ref`. */
const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (name === '$ref' ? [String(part)] : referencesIn(part)))
}

test('every reference leads to a part of the description', () => {
  const isThere = (reference: string): boolean =>
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document) !== undefined
  expect(referencesIn(document).filter(reference => !isThere(reference))).toEqual([])
})

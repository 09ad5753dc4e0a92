import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isWeakAdminToken } from '../../shared/adminToken'

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

const SECRETS = new Map(
  [...read('.dev.vars.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
)

const BINDINGS = [
  ...read('wrangler.toml').matchAll(/^\[\[(?:d1_databases|ratelimits)\]\]\n(?:binding|name) = "(\w+)"/gm),
]

const VARIABLES = [...(/^\[vars\]\n((?:\w+ = .*\n)+)/m.exec(read('wrangler.toml'))?.[1] ?? '').matchAll(/^(\w+) = /gm)]

test('the deploy button explains every binding, variable and secret that it asks for', () => {
  const described: Record<string, { description: string }> = JSON.parse(read('package.json')).cloudflare.bindings
  const asked = [...SECRETS.keys(), ...[...BINDINGS, ...VARIABLES].map(([, name = '']) => name)]
  expect(Object.keys(described).sort()).toEqual(asked.sort())
  expect(Object.values(described).filter(({ description }) => description.length < 40)).toEqual([])
})

test('the Worker refuses the admin token of the example', () => {
  expect([...SECRETS.keys()]).toEqual(['ADMIN_TOKEN'])
  expect(isWeakAdminToken(SECRETS.get('ADMIN_TOKEN') ?? '')).toBe(true)
})

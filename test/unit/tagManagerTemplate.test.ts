import { expect, test } from 'vitest'
import { tagManagerTemplate } from '../tagManagerTemplate'

const { code, info, parameters, permissions, sections } = tagManagerTemplate()

/** The permission that each API of the sandbox needs. */
const NEEDED: Readonly<Record<string, string | null>> = {
  callInWindow: 'access_globals',
  copyFromDataLayer: 'read_data_layer',
  copyFromWindow: 'access_globals',
  createArgumentsQueue: 'access_globals',
  injectScript: 'inject_script',
  Object: null,
}

test('the sections are those that Tag Manager reads, in order', () => {
  expect([...sections.keys()]).toEqual([
    'INFO',
    'TEMPLATE_PARAMETERS',
    'SANDBOXED_JS_FOR_WEB_TEMPLATE',
    'WEB_PERMISSIONS',
    'TESTS',
    'NOTES',
  ])
})

test('the template is a tag for web containers', () => {
  expect(info).toMatchObject({ type: 'TAG', id: 'cvt_temp_public_id', version: 1, containerContexts: ['WEB'] })
})

test('the code reads every field and no others', () => {
  const fields = parameters.map(({ name }) => name)
  const read = [...code.matchAll(/\bdata\.(\w+)/g)].map(([, name]) => name).filter(name => !/^gtmOn/.test(name ?? ''))
  expect([...new Set(read)].sort()).toEqual([...fields].sort())
})

test('the code requires only sandbox APIs, and the template asks for exactly the permissions they need', () => {
  const required = [...code.matchAll(/require\('(\w+)'\)/g)].map(([, name = '']) => name)
  expect(required.filter(name => !(name in NEEDED))).toEqual([])
  const needed = new Set(required.map(name => NEEDED[name]).filter(one => one !== null))
  expect([...permissions.keys()].sort()).toEqual([...needed].sort())
})

test('the code uses only syntax that the sandbox supports', () => {
  expect(code).not.toMatch(/\b(?:new|this|class|async|await|window|document|function\*)\b|\.\.\.|`|\?\.|\?\?/)
})

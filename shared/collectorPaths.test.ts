import { expect, test } from 'vitest'
import { collectorPaths, DEFAULT_PATHS } from './collectorPaths'

test.each([
  [{}, DEFAULT_PATHS],
  [{ SCRIPT_PATH: '', ENDPOINT_PATH: ' ' }, DEFAULT_PATHS],
  [{ SCRIPT_PATH: '/s.js', ENDPOINT_PATH: '/v1/e' }, DEFAULT_PATHS],
  [
    { SCRIPT_PATH: '/hello.js', ENDPOINT_PATH: '/hi' },
    { script: '/hello.js', views: '/v.js', endpoint: '/hi' },
  ],
  [
    { SCRIPT_PATH: 'js/a.js, js/b.js', ENDPOINT_PATH: 'take/it' },
    { script: '/js/a.js', views: '/js/b.js', endpoint: '/take/it' },
  ],
])('%j are the paths %j', (variables, paths) => {
  expect(collectorPaths(variables)).toEqual({ paths, fault: null })
})

test.each([
  '/hello',
  'https://stats.example.com/hello.js',
  '/a b.js',
  '/../hello.js',
  '/.js',
  '/hello.js?v=1',
  `/${'a'.repeat(200)}.js`,
  '/api/hello.js',
  '/API/hello.js',
  '/m/hello.js',
  '/assets/hello.js',
  '/a.js, /a.js',
  '/v.js',
  '/a.js, /b.js, /c.js',
])('the script path %s is refused, and the standard paths stay', SCRIPT_PATH => {
  const { paths, fault } = collectorPaths({ SCRIPT_PATH })
  expect([paths, fault?.code]).toEqual([DEFAULT_PATHS, 'bad_script_path'])
})

test.each(['/', '/a?b', '//hi', '/api/v1/sites', '/v1/x', '/v1', '/login', '/hello.js', '/x.js', '/js/m/it', '/users'])(
  'the endpoint path %s is refused, and the standard paths stay',
  ENDPOINT_PATH => {
    const { paths, fault } = collectorPaths({ SCRIPT_PATH: '/js/hello.js', ENDPOINT_PATH })
    expect([paths, fault?.code]).toEqual([DEFAULT_PATHS, 'bad_endpoint_path'])
  },
)

import { expect, test } from 'vitest'
import { DEFAULT_PATHS } from '../shared/collectorPaths'
import { chosenFiles } from './chosenFiles'
import { downloads } from './snippet/build'

/** Where a served file sends, for an address of another collector in `data-api`. */
const endpointsOf = async (paths: typeof DEFAULT_PATHS, api = '.') => {
  const texts = await downloads()
  return chosenFiles(paths).flatMap(({ source, path, change }) => {
    const text = change(texts[source] ?? '')
    const endpoint = /\|\|"\."\)\+"([^"]+)"/.exec(text)?.[1]
    return endpoint ? [[path, new URL(api + endpoint, `https://stats.example${path}`).href]] : []
  })
}

test('the scripts send to the chosen endpoint, from any folder and with data-api', async () => {
  const paths = { script: '/a/b/s7.js', views: '/w.js', endpoint: '/take/it' }
  const here = 'https://stats.example/take/it'
  expect(await endpointsOf(paths)).toEqual([
    ['/a/b/s7.js', here],
    ['/w.js', here],
  ])
  expect(await endpointsOf(paths, 'https://other.example')).toEqual([
    ['/a/b/s7.js', 'https://other.example/take/it'],
    ['/w.js', 'https://other.example/take/it'],
  ])
  expect(await endpointsOf(DEFAULT_PATHS)).toEqual([
    ['/s.js', 'https://stats.example/v1/e'],
    ['/v.js', 'https://stats.example/v1/e'],
  ])
})

test('modules are beside each script in a folder', () => {
  const paths = chosenFiles({ script: '/a/s7.js', views: '/v.js', endpoint: '/hi' }).map(({ path }) => path)
  expect(paths.filter(path => path.includes('/m/'))).toContain('/a/m/vitals.js')
  expect(paths.filter(path => path.startsWith('/m/'))).toEqual([])
})

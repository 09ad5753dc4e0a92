import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BlobReader, BlobWriter, ZipWriter } from '@zip.js/zip.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { IMPORTS_FOLDER } from '../../readImport'
import { sharedFolder, temporaryFolder } from '../../tools/folder'
import { runTool } from '../../tools/runTool'

const folder = sharedFolder()
let server: Server

beforeAll(async () => {
  server = await startServer({ port: 0, dataDir: folder(), quiet: true })
})

afterAll(() => server.stop())

const call = async <T>(path: string, body: unknown): Promise<T> => {
  const headers = { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.ok).toBe(true)
  return (await response.json()) as T
}

interface Answered {
  readonly rows: readonly {
    readonly dimensions?: Readonly<Record<string, string>>
    readonly metrics: Readonly<Record<string, { readonly value: number }>>
  }[]
  readonly meta: { readonly imported?: unknown; readonly warnings: readonly string[] }
}

const ask = (site: string, metrics: readonly string[], dimensions: readonly string[] = []) =>
  call<Answered>('/api/v1/query', { site, metrics, period: 'all', dimensions })

const run = (...args: readonly string[]) =>
  runTool('import', args, { DATA_DIR: folder(), PORT: new URL(server.url).port })

/** A ZIP of a folder of `test/imports/`, as the tool gives it. */
const zipOf = async (name: string): Promise<string> => {
  const zip = new ZipWriter(new BlobWriter())
  for (const file of await readdir(join(IMPORTS_FOLDER, name))) {
    const bytes = await readFile(join(IMPORTS_FOLDER, name, file))
    await zip.add(file, new BlobReader(new Blob([new Uint8Array(bytes)])))
  }
  const path = join(await temporaryFolder(), `${name}.zip`)
  await writeFile(path, new Uint8Array(await (await zip.close()).arrayBuffer()))
  return path
}

const valuesOf = ({ rows }: Answered) =>
  Object.fromEntries(
    rows.map(({ dimensions, metrics }) => [
      Object.values(dimensions ?? {}).join(),
      Object.values(metrics).map(({ value }) => value),
    ]),
  )

test('Plausible: the numbers of its ZIP, and the same ones when it is imported again', async () => {
  const site = 'plausible.shop.example'
  await call('/api/v1/sites', { domain: site })
  const zip = await zipOf('plausible')
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounces', 'events', 'bounce_rate', 'session_duration']
  const answers = []
  for (const there of [0, 45]) {
    const { code, out, err } = await run('plausible', zip, '--site', site)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`45 rows accepted, ${there} already stored.`)
    answers.push([
      valuesOf(await ask(site, metrics)),
      valuesOf(await ask(site, ['sessions', 'visitors'], ['channel'])),
      valuesOf(await ask(site, ['entries'], ['page'])),
      valuesOf(await ask(site, ['events'], ['event'])),
    ])
  }
  expect(answers[0]).toEqual([
    { '': [6, 7, 11, 3, 5, 3 / 7, 690 / 7] },
    { 'Organic search': [1, 1], Email: [1, 1], Direct: [3, 2], Referral: [1, 1], 'Paid search': [1, 1] },
    { '/': [6], '/pricing': [1] },
    { outbound_click: [3], Signup: [1], '404': [1] },
  ])
  expect(answers[1]).toEqual(answers[0])
  const { meta } = await ask(site, ['sessions'])
  expect(meta).toMatchObject({ imported: { from: '2026-01-01', to: '2026-01-03', source: 'plausible' }, warnings: [] })
})

test.each([
  [
    'ga4',
    ['days', 'sources', 'countries', 'events'].map(name => `ga4/${name}.csv`),
    11,
    { '': [9, 10, 25, 0.4, 45] },
    { 'Organic search': [3], Direct: [2], Email: [1], 'Paid search': [4] },
  ],
  ['fathom', ['fathom'], 20, { '': [6, 6, 9, null, 40] }, { 'Organic search': [2], Referral: [1], Direct: [3] }],
])('%s: the numbers of its files, and the same ones again', async (source, files, accepted, totals, channels) => {
  const site = `${source}.shop.example`
  await call('/api/v1/sites', { domain: site })
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'session_duration']
  const parameters = { bounce_rate: { rule: 'engaged' } }
  for (const there of [0, accepted]) {
    const { code, out, err } = await run(source, ...files.map(path => join(IMPORTS_FOLDER, path)), '--site', site)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(`${accepted} rows accepted, ${there} already stored.`)
    const answer = await call<Answered>('/api/v1/query', { site, metrics, period: 'all', parameters })
    expect(valuesOf(answer)).toEqual(totals)
    expect(valuesOf(await ask(site, ['sessions'], ['channel']))).toEqual(channels)
  }
})

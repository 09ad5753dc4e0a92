import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Server, startServer } from '../../../tools/server/server'
import { temporaryFolder } from '../../tools/folder'
import { runTool as run } from '../../tools/runTool'

const HOUR = 3_600_000

const start = async (dataDir: string): Promise<Server> => {
  const server = await startServer({ port: 0, dataDir, quiet: true })
  onTestFinished(() => server.stop())
  return server
}

const call = async ({ url, adminToken }: Server, path: string, body?: unknown) => {
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
  const response = await fetch(
    `${url}${path}`,
    body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
  )
  expect(response.ok).toBe(true)
  return response.json()
}

const fill = async (server: Server, domain: string): Promise<void> => {
  const events = Array.from({ length: 1_500 }, (_, n) => ({
    id: `${n}`,
    name: n % 5 === 4 ? 'purchase' : 'page_view',
    ...(n % 5 === 4 ? { transaction_id: `T${n}`, value: n } : { url: `https://${domain}/${n % 9}` }),
    visitor_id: `v${n % 60}`,
    time: Date.now() - n * 0.2 * HOUR,
  }))
  // A line separator that JSON leaves as it is.
  const written = { id: 'written', name: 'note_written', visitor_id: 'v1', properties: { text: 'one\u2028two' } }
  await call(server, `/api/v1/events?site=${domain}`, { events: [...events, written] })
}

const answers = async (server: Server, domain: string) => {
  const metrics = ['visitors', 'sessions', 'pageviews', 'session_duration', 'orders', 'gross_revenue', 'new_visitors']
  const question = { site: domain, metrics, period: '30d', granularity: 'day' }
  const { rows } = (await call(server, '/api/v1/query', question)) as { rows: unknown[] }
  return JSON.stringify(rows)
}

test('a backup is one file; restored elsewhere, it gives the same answers for one site or all', async () => {
  const [from, to, files] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  const first = await start(from)
  await call(first, '/api/v1/sites', { domain: 'shop.example', timezone: 'Europe/Stockholm', currency: 'EUR' })
  const domains = ['localhost', 'shop.example']
  for (const domain of domains) await fill(first, domain)
  const before = [await answers(first, 'localhost'), await answers(first, 'shop.example')]

  // It queries the running server, else it opens the data.
  const [all, one] = [join(files, 'all.ndjson'), join(files, 'one.ndjson')]
  const running = await run('backup', ['--out', all], { DATA_DIR: from, PORT: new URL(first.url).port })
  expect(running).toMatchObject({ code: 0, err: '' })
  expect(running.out).toMatch(/^localhost: \d{4,} rows\nshop\.example: \d{4,} rows\nBacked up to .*all\.ndjson\./)
  expect((await stat(all)).mode & 0o777).toBe(0o600)
  await first.stop()
  expect(await run('backup', ['--out', one, '--site', 'shop.example'], { DATA_DIR: from })).toMatchObject({ code: 0 })
  expect((await readdir(files)).sort()).toEqual(['all.ndjson', 'one.ndjson'])
  expect(await readFile(one, 'utf8')).toContain('one\u2028two')
  const [lines, fewer] = [await readFile(all, 'utf8'), await readFile(one, 'utf8')]
  expect(JSON.parse(fewer.slice(0, fewer.indexOf('\n')))).toMatchObject({ site: { domain: 'shop.example' } })
  expect(lines).toContain(fewer.slice(0, fewer.indexOf('{"footfall":"end"')))

  const restored = await run('restore', ['--in', all], { DATA_DIR: to })
  expect(restored).toMatchObject({ code: 0, err: '' })
  expect(restored.out).toMatch(/^localhost: restored\nshop\.example: restored\nBackups contain no API keys/)
  const second = await start(to)
  expect([await answers(second, 'localhost'), await answers(second, 'shop.example')]).toEqual(before)

  const env = { ADMIN_TOKEN: second.adminToken }
  const again = await run('restore', ['--in', one, '--url', second.url], env)
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toMatch(/^Part 0 of shop\.example: This domain already has a site\. [^\n]*\n$/)
  const headers = { authorization: `Bearer ${second.adminToken}` }
  await fetch(`${second.url}/api/v1/sites/shop.example`, { method: 'DELETE', headers })
  const anew = await run('restore', ['--in', all, '--site', 'shop.example', '--url', `${second.url}/`], env)
  expect(anew).toMatchObject({ code: 0, err: '' })
  expect(await answers(second, 'shop.example')).toEqual(before[1])
})

test('an impossible request is reported in one sentence', async () => {
  const [dataDir, files] = [await temporaryFolder(), await temporaryFolder()]
  const file = join(files, 'backup.ndjson')
  await run('backup', ['--out', file], { DATA_DIR: dataDir })
  const cases = [
    ['backup', ['--site', 'none.example'], 'There is no site "none.example". The sites are: localhost.'],
    ['backup', ['--url', 'stats'], '--url is "stats", but must be like https://stats.example.com.'],
    [
      'backup',
      ['--url', 'http://127.0.0.1:1'],
      'Set ADMIN_TOKEN in the environment to the admin token of that server.',
    ],
    ['restore', [], 'Name the file to restore: npm run restore -- --in footfall-2026-01-31.ndjson.'],
    ['restore', ['--in', join(files, 'none')], `There is no file ${join(files, 'none')}.`],
    ['restore', ['--in', file, '--site', 'none.example'], `${file} contains no none.example.`],
  ] as const
  for (const [name, args, sentence] of cases) {
    const { code, err } = await run(name, args, { DATA_DIR: dataDir })
    expect([args, code, err]).toEqual([args, 1, `${sentence}\n`])
  }
  const server = await start(dataDir)
  const other = { DATA_DIR: files, PORT: new URL(server.url).port }
  expect((await run('backup', [], other)).err).toBe(
    `A server with another admin token is running at ${server.url}. Set ADMIN_TOKEN to its token, or stop it.\n`,
  )
  const { sites } = (await call(server, '/api/v1/sites')) as { sites: { domain: string }[] }
  expect(sites.map(({ domain }) => domain)).toEqual(['localhost'])
})

test('a file that was cut off or changed is rejected before anything of it is restored', async () => {
  const [from, files] = [await temporaryFolder(), await temporaryFolder()]
  const [file, other] = [join(files, 'whole.ndjson'), join(files, 'other.ndjson')]
  const first = await start(from)
  await call(first, '/api/v1/sites', { domain: 'shop.example' })
  for (const domain of ['localhost', 'shop.example']) await fill(first, domain)
  await first.stop()
  expect(await run('backup', ['--out', file], { DATA_DIR: from })).toMatchObject({ code: 0 })
  const whole = await readFile(file)
  const second = whole.indexOf('{"footfall":"backup","version":6,"part":0', 1)
  const changed = (position: number): Buffer => {
    const copy = Buffer.from(whole)
    copy[position] = (copy[position] ?? 0) ^ 1
    return copy
  }
  const format5 = Buffer.from(
    whole
      .toString()
      .replaceAll('"version":6', '"version":5')
      .replaceAll(/,"sha256":"\w+"/g, ''),
  )
  const [incomplete, damaged] = ['is incomplete: it has no end mark', 'is damaged: its checksum does not match']
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ['cut between two sites', whole.subarray(0, second), incomplete],
    ['cut in a line of the first site', whole.subarray(0, second - 300), incomplete],
    ['cut in a line of the second site', whole.subarray(0, second + 3_000), incomplete],
    ['cut in its last line', whole.subarray(0, -30), damaged],
    ['without its last byte', whole.subarray(0, -1), damaged],
    ['with a changed byte', changed(second + 3_000), damaged],
    ['with a changed version', changed(whole.indexOf('"version":6') + 10), damaged],
    ['with a changed checksum', changed(whole.length - 10), damaged],
    ['of an earlier format, cut in a line', format5.subarray(0, -3_000), incomplete],
    ['without anything', Buffer.alloc(0), incomplete],
  ]
  const target = await start(await temporaryFolder())
  const to = ['--url', target.url]
  const env = { ADMIN_TOKEN: target.adminToken }
  const domains = async () =>
    ((await call(target, '/api/v1/sites')) as { sites: { domain: string }[] }).sites.map(({ domain }) => domain)
  for (const [name, content, sentence] of cases) {
    await writeFile(other, content)
    expect([name, await run('restore', ['--in', other, ...to], env)]).toEqual([
      name,
      {
        code: 1,
        out: '',
        err: `${other} ${sentence}. Nothing was restored. Restore another copy, or one site of this one with --site.\n`,
      },
    ])
    expect(await domains()).toEqual(['localhost'])
  }

  // The other site of a damaged file can be rescued, the damaged one never appears.
  await writeFile(other, changed(second - 3_000))
  await fetch(`${target.url}/api/v1/sites/localhost`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${target.adminToken}` },
  })
  const half = await run('restore', ['--in', other, '--site', 'localhost', ...to], env)
  expect(half).toMatchObject({ code: 1, out: '', err: expect.stringContaining('The part is damaged') })
  expect(await domains()).toEqual([])
  expect(await run('restore', ['--in', other, '--site', 'shop.example', ...to], env)).toMatchObject({ code: 0 })
  await writeFile(other, whole.subarray(0, second - 300))
  const cut = await run('restore', ['--in', other, '--site', 'localhost', ...to], env)
  expect(cut).toMatchObject({
    code: 1,
    err: 'The file is incomplete: it ends in the middle of localhost. That site was not restored.\n',
  })
  expect(await domains()).toEqual(['shop.example'])
  // Files of earlier releases have neither end mark nor checksums.
  await writeFile(other, format5.subarray(0, format5.lastIndexOf('{"footfall":"end"')))
  const earlier = await start(await temporaryFolder())
  await fetch(`${earlier.url}/api/v1/sites/localhost`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${earlier.adminToken}` },
  })
  const old = await run('restore', ['--in', other, '--url', earlier.url], { ADMIN_TOKEN: earlier.adminToken })
  expect(old).toMatchObject({ code: 0, err: '' })
})

test('a failed backup leaves no file', async () => {
  const [dataDir, files] = [await temporaryFolder(), await temporaryFolder()]
  const out = join(files, 'backup.ndjson')
  const { code } = await run('backup', ['--out', out, '--site', 'none.example'], { DATA_DIR: dataDir })
  expect([code, await readdir(files)]).toEqual([1, []])
})

test('a backup does not start a second server on data in use', async () => {
  const [dataDir, files] = [await temporaryFolder(), await temporaryFolder()]
  await start(dataDir)
  const second = await run('backup', ['--out', join(files, 'backup.ndjson')], { DATA_DIR: dataDir })
  expect(second).toEqual({
    code: 1,
    out: '',
    err:
      `Another Footfall process uses the data in ${dataDir}. Stop it, or choose another folder with DATA_DIR. ` +
      'If it is a server on another port, set PORT to that port.\n',
  })
  expect(await readdir(files)).toEqual([])
})

test('a folder of files, as the cron writes them, is restored like one file, and not where a file is missing', async () => {
  const [from, to, folder] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  const first = await start(from)
  await call(first, '/api/v1/sites', { domain: 'shop.example' })
  await fill(first, 'shop.example')
  const before = await answers(first, 'shop.example')
  const whole = join(from, 'whole.ndjson')
  const env = { ADMIN_TOKEN: first.adminToken }
  await run('backup', ['--out', whole, '--site', 'shop.example', '--url', first.url], env)
  const parts = (await readFile(whole, 'utf8')).split(/(?<="\}\n)(?=\{"footfall")/).slice(0, -1)
  const nameOf = (n: number) => join(folder, `${String(n).padStart(6, '0')}.ndjson`)
  for (const [n, part] of parts.entries()) if (n !== 1) await writeFile(nameOf(n), part)
  const second = await start(to)
  const into = { ADMIN_TOKEN: second.adminToken }
  const lacking = await run('restore', ['--in', folder, '--url', second.url], into)
  expect(lacking).toMatchObject({ code: 1, err: 'Part 2 of shop.example: Expected part 1, received part 2.\n' })
  await writeFile(nameOf(1), parts[1] ?? '')
  const restored = await run('restore', ['--in', folder, '--url', second.url], into)
  expect(restored).toMatchObject({ code: 0, err: '' })
  expect(await answers(second, 'shop.example')).toBe(before)
})

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT } from '../../tools/config'
import { trustedProxies } from '../../tools/server/trustedProxies'
import { environmentOf, readStages } from './dockerfile'
import { temporaryFolder } from './folder'

const read = (file: string): string => readFileSync(join(PROJECT, file), 'utf8')

const STAGES = readStages()
const IMAGE = STAGES.at(-1)
if (!IMAGE) throw new Error('The Dockerfile has no stage.')
const ENVIRONMENT = environmentOf(IMAGE)
const COMPOSE = read('compose.yml')
const UNITS = readdirSync(join(PROJECT, 'deploy')).filter(name => name.endsWith('.service'))

/** Values of a key of a unit, one for each line that sets it. */
const settings = (unit: string, key: string): string[] =>
  [...read(`deploy/${unit}`).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)

const variablesOf = (unit: string): Record<string, string> =>
  Object.fromEntries(settings(unit, 'Environment').flatMap(line => line.split(' ').map(entry => entry.split('='))))

/** The variables that the README lists. */
const VARIABLES = [...read('README.md').matchAll(/^\| `([A-Z_]+)`(?:, `([A-Z_]+)`)? \|/gm)].flatMap(row => row.slice(1))

describe('the Dockerfile', () => {
  test('runs the Node.js of the project', () => {
    const { devDependencies } = JSON.parse(read('package.json'))
    expect(new Set(STAGES.map(({ base }) => base))).toEqual(new Set([`node:${devDependencies.node}-trixie-slim`]))
  })

  test('copies files that exist and that .dockerignore sends', () => {
    const sent = read('.dockerignore').match(/^!.+$/gm)
    const sources = [...new Set(STAGES.flatMap(stage => stage.sources))]
    expect(sources.filter(path => !existsSync(join(PROJECT, path)))).toEqual([])
    expect(sources.map(path => `!${path}`).sort()).toEqual(sent?.sort())
  })

  test('runs no install script and not as root, and keeps the data in its volume', () => {
    for (const { text } of STAGES) {
      for (const [line] of text.matchAll(/npm ci.*/g)) expect(line).toContain('--ignore-scripts')
    }
    const [, user] = /^USER (\w+)$/m.exec(IMAGE.text) ?? []
    expect(user).toBe('node')
    expect(IMAGE.text).toMatch(new RegExp(`install -d -o ${user} -g ${user} -m 700 ${ENVIRONMENT.DATA_DIR} /backups`))
    expect(IMAGE.text).toContain(`\nVOLUME ${ENVIRONMENT.DATA_DIR}\n`)
    expect(IMAGE.text).toContain(`\nEXPOSE ${ENVIRONMENT.PORT}\n`)
  })
})

describe('compose.yml', () => {
  const [, footfall = '', caddy = ''] = COMPOSE.split(/^ {2}(?:footfall|caddy):$/m)

  test('publishes Caddy and not the collector', () => {
    expect(footfall).not.toContain('ports:')
    expect(caddy).toContain('- 443:443\n')
    expect(caddy).toContain(`UPSTREAM: footfall:${ENVIRONMENT.PORT}`)
  })

  test('trusts the network of the two and no other', () => {
    const [, trusted = ''] = /TRUST_PROXY: (.+)/.exec(footfall) ?? []
    const subnets = [...COMPOSE.matchAll(/- subnet: (.+)/g)].map(([, subnet]) => subnet)
    expect(trusted.split(',')).toEqual(subnets)
    const isTrusted = trustedProxies(trusted)
    expect(['172.31.87.3', 'fd87:8787::3', '172.31.88.3', '203.0.113.1'].map(isTrusted)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  test('mounts files that exist, and the data where the image keeps it', () => {
    const mounted = [...COMPOSE.matchAll(/- \.\/(deploy\/\S+?):/g)].map(([, path = '']) => path)
    expect(mounted.filter(path => !existsSync(join(PROJECT, path)))).toEqual([])
    expect(mounted).not.toEqual([])
    expect(footfall).toContain(`- data:${ENVIRONMENT.DATA_DIR}\n`)
    expect(footfall).toContain('- ./backups:/backups\n')
  })

  test('gives Caddy every variable of its file', () => {
    const names = [...read('deploy/Caddyfile').matchAll(/\{\$(\w+)/g)].map(([, name]) => name)
    expect(names.filter(name => !caddy.includes(`      ${name}: `))).toEqual([])
    expect(names).not.toEqual([])
  })
})

describe('the systemd units', () => {
  test.each(UNITS)('%s runs files that exist, on the data and the port of the service', unit => {
    const commands = settings(unit, 'ExecStart').join(' ').split(' ')
    const paths = [...commands, ...settings(unit, 'Documentation').map(url => url.replace('file://', ''))]
      .map(path => path.replace('/opt/footfall/', ''))
      .filter(path => !/^[/-]/.test(path))
    expect(paths.filter(path => !existsSync(join(PROJECT, path)))).toEqual([])
    expect(paths).toContain('node_modules/.bin/node')
    const { PORT, DATA_DIR, NODE_ENV } = variablesOf(unit)
    expect([PORT, NODE_ENV]).toEqual([ENVIRONMENT.PORT, 'production'])
    expect(
      settings(unit, 'StateDirectory')[0]
        ?.split(' ')
        .map(name => `/var/lib/${name}`),
    ).toContain(DATA_DIR)
    expect([settings(unit, 'User'), settings(unit, 'Group')]).toEqual([['footfall'], ['footfall']])
  })

  test('set variables that the README lists', () => {
    const used = [...UNITS.map(variablesOf), ENVIRONMENT].flatMap(Object.keys)
    const inCompose = ['TRUST_PROXY', 'GEO_DB'].filter(name => COMPOSE.includes(`      ${name}: `))
    expect(inCompose).toHaveLength(2)
    expect([...used, ...inCompose].filter(name => !VARIABLES.includes(name))).toEqual([])
  })

  test('the backup keeps the files that it deletes later where it writes them', () => {
    const unit = 'footfall-backup.service'
    expect(settings(unit, 'WorkingDirectory')).toEqual(['/var/lib/footfall-backups'])
    expect(settings(unit, 'StateDirectory')[0]).toContain('footfall-backups')
    // The name that npm run backup gives a file.
    expect(read('tools/backup.ts')).toContain('`footfall-${')
    expect(settings(unit, 'ExecStartPost')[0]).toContain('-name footfall-*.ndjson')
  })

  test('are valid and expose little, says systemd', async ({ skip }) => {
    skip(spawnSync('systemd-analyze', ['--version']).status !== 0, 'systemd is not installed here')
    const folder = await temporaryFolder()
    for (const name of readdirSync(join(PROJECT, 'deploy')))
      copyFileSync(join(PROJECT, 'deploy', name), join(folder, name))
    // systemd looks for the program of a unit, which is not there.
    for (const unit of UNITS) {
      const text = read(`deploy/${unit}`).replaceAll('/opt/footfall/node_modules/.bin/node', '/bin/true')
      writeFileSync(join(folder, unit), text)
    }
    const files = [...UNITS, 'footfall-backup.timer'].map(name => join(folder, name))
    const verified = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' })
    expect(verified.stderr.split('\n').filter(line => line.includes(folder))).toEqual([])
    expect(verified.status).toBe(0)
    for (const unit of UNITS) {
      const level = spawnSync('systemd-analyze', ['security', '--offline=true', join(folder, unit)], {
        encoding: 'utf8',
      })
      expect(Number(/Overall exposure level for \S+: ([\d.]+)/.exec(level.stdout)?.[1])).toBeLessThan(2)
    }
  })
})

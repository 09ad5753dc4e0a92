import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../../tools/config'
import { commandOf, environmentOf, readStages, type Stage } from '../../tools/dockerfile'
import { temporaryFolder } from '../../tools/folder'

/** `node` in the image of Node.js. */
const USER = 1000

const freePort = async (): Promise<string> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return String(typeof address === 'object' ? address?.port : '')
}

const copyTo = (folder: string, paths: readonly string[]): void => {
  for (const path of paths) cpSync(join(PROJECT, path), join(folder, path), { recursive: true })
}

/** The packages that `npm ci --omit=dev --ignore-scripts` installs; workerd's script would put its binary into `bin`. */
const installProduction = (folder: string): void => {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'))
  const installed = Object.entries<{ dev?: true; devOptional?: true; optional?: true }>(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  )
  for (const [path, { optional }] of installed) {
    try {
      cpSync(join(PROJECT, path), join(folder, path), {
        recursive: true,
        filter: source => !source.includes('node_modules/workerd/bin'),
      })
    } catch (error) {
      // Binaries for other platforms.
      if (!optional) throw error
    }
  }
}

/** The environment of the image, with a port and folders of this test. */
interface Container {
  readonly app: string
  readonly image: Stage
  readonly env: Record<string, string>
}

/** Runs a command as the image's user, who owns nothing but the data, and never through another program's `node`. */
const run = ({ app, env }: Container, [program, ...args]: readonly string[]): ChildProcess => {
  const isRoot = process.getuid?.() === 0
  const options = { cwd: app, env, ...(isRoot && { uid: USER, gid: USER }) }
  return spawn(program === 'node' ? process.execPath : (program ?? ''), args, options)
}

const finished = async (child: ChildProcess): Promise<{ code: number; out: string }> => {
  const exit = once(child, 'exit')
  const [out, err] = await Promise.all([child.stdout, child.stderr].map(stream => (stream ? text(stream) : '')))
  const [code] = await exit
  return { code, out: `${out}${err}` }
}

const build = async (stage: Stage | undefined): Promise<string> => {
  const folder = await temporaryFolder()
  copyTo(folder, stage?.sources ?? [])
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
  const [, command = ''] = /^RUN (node .+)$/m.exec(stage?.text ?? '') ?? []
  const [, ...args] = command.split(' ')
  const child = spawn(process.execPath, args, { cwd: folder })
  expect(await finished(child)).toEqual({ code: 0, out: '' })
  return folder
}

/** Runs the steps of the Dockerfile in a folder of its own. */
const assemble = async (): Promise<Container> => {
  const stages = readStages()
  const [image] = stages.slice(-1)
  if (!image) throw new Error('The Dockerfile has no stage.')
  const [app, data] = [await temporaryFolder(), await temporaryFolder()]
  copyTo(app, image.sources)
  for (const { stage, path } of image.copied) {
    const local = path.replace('/app/', '')
    if (local === 'node_modules') installProduction(app)
    else
      cpSync(join(await build(stages.find(({ name }) => name === stage)), local), join(app, local), { recursive: true })
  }
  chmodSync(app, 0o755)
  if (process.getuid?.() === 0) chownSync(data, USER, USER)
  const env = { ...environmentOf(image), HOST: '127.0.0.1', PORT: await freePort(), DATA_DIR: join(data, 'data') }
  return { app, image, env }
}

test('the files that the Dockerfile copies are enough to serve, check, back up and restore, for a user who may not change them', async () => {
  const container = await assemble()
  const server = run(container, commandOf(container.image, 'CMD'))
  onTestFinished(async () => {
    server.kill()
    await once(server, 'exit')
  })
  let printed = ''
  server.stderr?.on('data', chunk => (printed += chunk))
  for await (const chunk of server.stdout ?? []) {
    printed += chunk
    if (printed.includes('Admin token')) break
  }
  expect(printed).toMatch(/^Footfall is running\..*\n\n {2}Dashboard {4}http:\S+\n {2}Admin token {2}saved in \S+\n$/s)
  expect(await finished(run(container, commandOf(container.image, 'HEALTHCHECK')))).toEqual({ code: 0, out: '' })
  const url = `http://127.0.0.1:${container.env.PORT}`
  expect((await fetch(`${url}/s.js`)).status).toBe(200)
  expect((await fetch(`${url}/demo/`)).status).toBe(404)
  const file = join(dirname(container.env.DATA_DIR ?? ''), 'backup.ndjson')
  const backup = await finished(run(container, ['node', 'tools/backup.ts', '--out', file]))
  expect([backup.code, backup.out]).toEqual([0, expect.stringContaining('Backed up to')])
  const restore = await finished(run(container, ['node', 'tools/restore.ts', '--in', file]))
  expect(restore.out).toContain('This domain already has a site.')
})

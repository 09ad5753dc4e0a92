import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT } from '../../../tools/config'
import { temporaryFolder } from '../../tools/folder'

/** Megabytes of the whole process tree, idle. docs/self-hosting.md promises it. */
const MOST = 250

interface Process {
  readonly program: string
  readonly megabytes: number
}

const programOf = (pid: number): string => basename(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '')

const megabytesOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000

/** A process and all that it started, with the memory that each has in use. */
const treeOf = (pid: number): Process[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return [
    { program: programOf(pid), megabytes: megabytesOf(pid) },
    ...(children === '' ? [] : children.split(' ').flatMap(child => treeOf(Number(child)))),
  ]
}

const sumOf = (tree: readonly Process[]): number => tree.reduce((sum, { megabytes }) => sum + megabytes, 0)

/** Starts the server as `npm start` and the service do: with a small space for new objects, of which Node keeps two. */
const start = async () => {
  const child = spawn(process.execPath, ['--max-semi-space-size=2', join(PROJECT, 'tools/start.ts')], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: await temporaryFolder() },
  })
  onTestFinished(async () => {
    child.kill()
    await once(child, 'exit')
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += chunk
    const [, url] = /Dashboard {4}(\S+)/.exec(printed) ?? []
    if (url !== undefined) return { pid: child.pid ?? 0, url }
  }
  throw new Error(printed)
}

test('a server that has served pages and then is idle takes less memory than promised', async () => {
  const { pid, url } = await start()
  for (let n = 0; n < 200; n++)
    for (const path of ['', 'demo/', 's.js', 'health']) await (await fetch(url + path)).text()
  const tree = treeOf(pid)
  console.log(JSON.stringify({ megabytes: Math.round(sumOf(tree)), tree }))
  expect(tree.map(({ program }) => program)).toEqual(['node', 'workerd'])
  expect(sumOf(tree)).toBeLessThan(MOST)
})

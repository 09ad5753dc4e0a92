import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isUpToDate } from './isUpToDate'

/** A folder with a source in a folder of its own, and what was built of it a second later. */
const project = async () => {
  const root = await mkdtemp(join(tmpdir(), 'footfall-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const [folder, source, lock, built] = ['src/deep', 'src/deep/a.ts', 'lock.json', 'built.json'].map(name =>
    join(root, name),
  ) as [string, string, string, string]
  await mkdir(folder, { recursive: true })
  await writeFile(source, '')
  await writeFile(lock, '')
  await writeFile(built, '')
  const at = (path: string, second: number) => utimes(path, second, second)
  for (const path of [source, folder, join(root, 'src'), lock]) await at(path, 1_000)
  await at(built, 1_001)
  return { folder, source, lock, built, at, sources: [join(root, 'src'), lock] }
}

test('what was written after its sources is up to date', async () => {
  const { built, sources } = await project()
  expect(isUpToDate(built, sources)).toBe(true)
})

test.each(['source', 'folder', 'lock'] as const)('it is not once the %s has changed', async name => {
  const { built, sources, at, ...paths } = await project()
  await at(paths[name], 1_002)
  expect(isUpToDate(built, sources)).toBe(false)
})

test('what does not exist is not', async () => {
  const { built, sources } = await project()
  await rm(built)
  expect(isUpToDate(built, sources)).toBe(false)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'

/** An empty folder that is deleted after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** An empty folder for all tests of a file. */
export const sharedFolder = (): (() => string) => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footfall-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  return () => folder
}

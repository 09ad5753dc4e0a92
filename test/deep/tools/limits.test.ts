import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { PROJECT } from '../../../tools/project'
import { temporaryFolder } from '../../tools/folder'

const CLI = join(createRequire(import.meta.url).resolve('wrangler/package.json'), '../bin/wrangler.js')

/** Kilobytes of the Worker as it is uploaded, compressed: the free plan takes 3 MB, the paid one 10. */
const MOST_KILOBYTES = 3_000
/** Milliseconds of CPU. Cloudflare allows a second, on machines of its own. */
const LONGEST_START = 1_000

/** Wrangler's report on the start of the Worker that it would deploy, in workerd on this machine. */
const checkStartup = async (): Promise<string> => {
  const args = ['check', 'startup', '--outfile', join(await temporaryFolder(), 'startup.cpuprofile')]
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: await temporaryFolder(), WRANGLER_SEND_METRICS: 'false' },
  })
  return text(child.stdout)
}

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1])

/** @see https://developers.cloudflare.com/workers/platform/limits/ */
test('the Worker is small enough for the free plan, and starts soon enough', async () => {
  const said = await checkStartup()
  const kilobytes = (numberIn(said, /gzip: ([\d.]+) KiB/) * 1_024) / 1_000
  const milliseconds = numberIn(said, /Active: ([\d.]+) ms/)
  console.log(JSON.stringify({ kilobytes, milliseconds }))
  expect(kilobytes).toBeLessThan(MOST_KILOBYTES)
  expect(milliseconds).toBeLessThan(LONGEST_START)
})

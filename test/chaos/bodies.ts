import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { PROJECT } from '../../tools/config.ts'
import type { Outcome, Part } from './part.ts'

/** Bodies to one database. Its rows are counted after each body, so a fuller database would take most of the time. */
const BODIES = 25_000
const DATABASES = 4
/** The result of test/deep/integration/fuzz.test.ts. */
const TALLY = /^\{"bodies":.*\}$/m
const BIN = join(PROJECT, 'node_modules/.bin')

const runFuzzing = async (seed: number): Promise<{ printed: string; code: number }> => {
  const args = ['run', '--project', 'deep-integration', '--no-color', 'test/deep/integration/fuzz.test.ts']
  const child = spawn(join(BIN, 'vitest'), args, {
    cwd: PROJECT,
    env: {
      ...process.env,
      PATH: `${BIN}${delimiter}${process.env.PATH}`,
      NO_COLOR: '1',
      TEST_SEED: String(seed),
      TEST_BODIES: String(BODIES),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      printed += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { printed, code: code ?? 1 }
}

const run = async (seed: number, times: number): Promise<Outcome> => {
  const figures: Record<string, number> = {}
  const failures: string[] = []
  for (let database = 0; database < DATABASES * times; database++) {
    const { printed, code } = await runFuzzing(seed + database)
    const tally: Outcome['figures'] = JSON.parse(TALLY.exec(printed)?.[0] ?? '{}')
    for (const [what, count] of Object.entries(tally)) figures[what] = (figures[what] ?? 0) + count
    if (code !== 0) failures.push(...printed.split('\n').slice(-80))
  }
  return { figures, failures }
}

/** Hostile bodies for some minutes. */
export const bodiesPart: Part = {
  name: 'bodies',
  about:
    'Hostile bodies are sent to the beacon, the events and the imports. None may be answered with a 5xx, and no rejected body may leave a row.',
  run,
}

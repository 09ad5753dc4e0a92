import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PROJECT } from '../../tools/config'

/** `npm run <name> -- <args>` and its output. */
export const runTool = async (
  name: 'start' | 'backup' | 'restore' | 'import',
  args: readonly string[],
  env: Record<string, string>,
) => {
  const child = spawn(process.execPath, [join(PROJECT, `tools/${name}.ts`), ...args], {
    cwd: PROJECT,
    // An unused port by default.
    env: { PATH: process.env.PATH, PORT: '1', ...env },
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', chunk => (printed.out += chunk))
  child.stderr.on('data', chunk => (printed.err += chunk))
  const [code] = await once(child, 'close')
  return { code, ...printed }
}

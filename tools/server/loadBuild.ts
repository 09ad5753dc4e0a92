import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CommandFailure } from '../failure.ts'
import { PROJECT } from '../project.ts'
import { SERVER_BUILD, type ServerBuild } from './serverBuild.ts'

/** A container has what `npm run build` wrote, and not the tools that it takes. */
const canBuild = (): boolean => {
  try {
    createRequire(import.meta.url).resolve('esbuild')
    return true
  } catch {
    return false
  }
}

/** In a process of its own: the tools take more memory than everything that runs afterwards, and Node keeps it. */
const build = async (): Promise<void> => {
  const child = spawn(process.execPath, [join(PROJECT, 'tools/build.ts')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new CommandFailure('The Worker could not be built. What is wrong stands above.')
}

const load = async (): Promise<ServerBuild> => {
  if (canBuild()) await build()
  return JSON.parse(await readFile(SERVER_BUILD, 'utf8'))
}

let loaded: Promise<ServerBuild> | undefined

/**
 * Builds what the local server runs, once in a process, and loads it.
 * @throws CommandFailure when the source does not compile
 */
export const loadBuild = (): Promise<ServerBuild> => {
  loaded ??= load()
  return loaded
}

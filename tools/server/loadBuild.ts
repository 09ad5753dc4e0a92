import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DIST_ASSETS } from '../dist.ts'
import { CommandFailure } from '../failure.ts'
import { PROJECT } from '../project.ts'
import { isUpToDate } from './isUpToDate.ts'
import { SERVER_BUILD, type ServerBuild } from './serverBuild.ts'

/** Everything that the build is made from. */
const SOURCES = ['shared', 'snippet', 'tools', 'worker', 'wrangler.toml', 'package-lock.json']

/** In production the server runs what `npm run build` wrote: it has not the tools that build it, or may not write there. */
const isBuilt = (): boolean =>
  process.env.NODE_ENV === 'production'
    ? existsSync(SERVER_BUILD)
    : existsSync(DIST_ASSETS) &&
      isUpToDate(
        SERVER_BUILD,
        SOURCES.map(source => join(PROJECT, source)),
      )

/** In a process of its own: the tools take more memory than everything that runs afterwards, and Node keeps it. */
const build = async (): Promise<void> => {
  const child = spawn(process.execPath, [join(PROJECT, 'tools/build.ts')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new CommandFailure('The Worker could not be built. What is wrong stands above.')
}

const load = async (): Promise<ServerBuild> => {
  if (!isBuilt()) await build()
  return JSON.parse(await readFile(SERVER_BUILD, 'utf8'))
}

let loaded: Promise<ServerBuild> | undefined

/**
 * Builds what the local server runs, unless nothing has changed since, and loads it.
 * @throws CommandFailure when the source does not compile
 */
export const loadBuild = (): Promise<ServerBuild> => {
  loaded ??= load()
  return loaded
}

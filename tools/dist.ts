import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of everything built, absolute. */
export const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** The files in it that are served without the Worker. */
export const DIST_ASSETS = join(DIST, 'public')

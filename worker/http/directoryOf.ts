import type { Context } from 'hono'
import { type Directory, openDirectory } from '../directory'
import type { HonoEnv } from '../env'

/** The directory of a request's Worker. */
export const directoryOf = (c: Context<HonoEnv>): Directory => openDirectory(c.env)

import type { Server } from '../../tools/server/server.ts'
import type { Walk } from './walk.ts'
import type { World } from './world.ts'

/** A kind of user, and the way from the front page to the first number that they came for. */
export interface Try {
  readonly who: string
  readonly cameFor: string
  /** Where it stumbles or takes a detour, as somebody saw who watched it. */
  readonly stumbles: string
  readonly isPhone?: true
  /** The server that the user finds. Without it the user starts one, which counts. */
  readonly server?: (world: World) => Promise<Server>
  /** Returns the number as it stands on the screen. */
  walk(walk: Walk, world: World, server: Server): Promise<string>
}

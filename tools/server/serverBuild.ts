import { join } from 'node:path'
import { DIST } from '../dist.ts'
import type { Migration } from './applyPending.ts'

/** What the local server runs, built: besides its own code it needs this, and the assets. */
export interface ServerBuild {
  readonly compatibilityDate: string
  readonly compatibilityFlags: readonly string[]
  /** `[vars]` of wrangler.toml. */
  readonly vars: Readonly<Record<string, unknown>>
  /** Modules to run in workerd: the Worker, the database and what controls them. */
  readonly modules: { readonly collector: string; readonly database: string; readonly control: string }
  readonly migrations: readonly Migration[]
  /** Paths in `dist/public` of the files that are served without the Worker. */
  readonly assets: readonly string[]
}

/** Where `npm run build` writes it. */
export const SERVER_BUILD = join(DIST, 'server.json')

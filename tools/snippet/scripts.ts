import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DIST_ASSETS } from '../dist.ts'
import { LETTERS } from './letters.ts'

/** A script that visitors download. */
export interface Script {
  /** Where it is built, absolute. */
  readonly path: string
  /** The file of its source that imports the others, absolute. */
  readonly entry: string
  /** True for the script with all features; `WHOLE` in the source. */
  readonly whole: boolean
  readonly letters: string
  /** Bytes of brotli 11. */
  readonly budget: number
}

const source = (name: string) => fileURLToPath(new URL(`../../snippet/${name}`, import.meta.url))

/** The scripts, by the name under which they are served. */
export const SCRIPTS = {
  's.js': {
    path: join(DIST_ASSETS, 's.js'),
    entry: source('index.ts'),
    whole: true,
    letters: LETTERS['s.js'],
    budget: 1_600,
  },
  'v.js': {
    path: join(DIST_ASSETS, 'v.js'),
    entry: source('views.ts'),
    whole: false,
    letters: LETTERS['v.js'],
    budget: 960,
  },
} as const satisfies Record<string, Script>

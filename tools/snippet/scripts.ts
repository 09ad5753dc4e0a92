import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SCRIPT_MODULES } from '../../shared/scriptModules.ts'
import { DIST_ASSETS } from '../dist.ts'
import { LETTERS } from './letters.ts'

/** A file that visitors download. */
export interface Download {
  /** Where it is built, absolute. */
  readonly path: string
  /** The file of its source that imports the others, absolute. */
  readonly entry: string
  /** Bytes of brotli 11. */
  readonly budget: number
}

export interface Script extends Download {
  /** True for the script with all features; `WHOLE` in the source. */
  readonly whole: boolean
  readonly letters: string
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

const moduleOf = (name: string, budget: number): Download => ({
  path: join(DIST_ASSETS, 'm', `${name}.js`),
  entry: source(`modules/${name}.ts`),
  budget,
})

/** The modules that `data-modules` names, by the paths beside the script under which they are served. */
export const MODULES = {
  'm/cart.js': moduleOf('cart', 700),
  'm/debug.js': moduleOf('debug', 300),
  'm/ga4.js': moduleOf('ga4', 400),
  'm/pages.js': moduleOf('pages', 500),
  'm/tours.js': moduleOf('tours', 900),
  'm/vitals.js': moduleOf('vitals', 700),
} as const satisfies Record<`m/${(typeof SCRIPT_MODULES)[number]}.js`, Download>

/** Every file that visitors download, by its path beside the script. */
export const DOWNLOADS: Readonly<Record<string, Download>> = { ...SCRIPTS, ...MODULES }

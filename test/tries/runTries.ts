import { agency } from './agency.ts'
import { DEMO_TRIES } from './demoTries.ts'
import { developer } from './developer.ts'
import { measureSpeeds, type Speeds } from './measureSpeeds.ts'
import { selfHoster } from './selfHoster.ts'
import type { Try } from './try.ts'
import { type Steps, Walk } from './walk.ts'
import { World } from './world.ts'

const TRIES: readonly Try[] = [...DEMO_TRIES, developer, agency, selfHoster]

/** How a try went. */
export interface Tried extends Pick<Try, 'who' | 'cameFor' | 'stumbles'>, Steps {
  /** The number that was reached. */
  readonly shown: string
  readonly seconds: number
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const DESKTOP = { viewport: { width: 1280, height: 900 }, permissions: ['clipboard-write'] }

const runTry = async (one: Try, world: World): Promise<Tried> => {
  const found = await one.server?.(world)
  const tab = await world.tab(one.isPhone ? PHONE : DESKTOP)
  const started = performance.now()
  const server = found ?? (await world.newServer())
  const walk = new Walk(tab, server.url, one.isPhone === true)
  const shown = await one.walk(walk, world, server)
  const seconds = (performance.now() - started) / 1000
  await tab.context().close()
  const { who, cameFor, stumbles } = one
  return { who, cameFor, stumbles, shown, seconds, ...walk.steps }
}

/** Runs all tries one after the other, and measures how fast the overview is. */
export const runTries = async (): Promise<{ tried: readonly Tried[]; speeds: Speeds }> => {
  const world = new World()
  const tried: Tried[] = []
  try {
    for (const one of TRIES) tried.push(await runTry(one, world))
    return { tried, speeds: await measureSpeeds(world) }
  } finally {
    await world.close()
  }
}

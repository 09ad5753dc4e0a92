import { BROWSERS, type Browser } from './browsers.ts'
import type { Dice } from './dice.ts'
import type { TrafficSource, World } from './world.ts'

/** A simulated visitor. */
export interface DemoPerson {
  readonly number: number
  readonly device: Browser['device']
  /** True if the visitor accepted a persistent id. */
  readonly persistent: boolean
  readonly source: TrafficSource
  /** Sent with every event: id, browser, location. */
  readonly traits: Readonly<Record<string, string>>
}

/** Share of visitors who accept a persistent id; the others are counted by address and browser, a day at a time. */
const PERSISTENT = 0.74

/** A documentation network of RFC 2544, so that no address is a real one. */
const addressOf = (number: number): string => `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`

/**
 * Draws a new visitor.
 * @param progress the part of the demo's days that has passed, from 0 to 1: campaigns begin and end
 */
export const personOf = (world: World, number: number, progress: number, dice: Dice): DemoPerson => {
  const { country, region, city, language } = dice.weighted(world.cities)
  const device = dice.weighted(world.devices)
  const { agent } = dice.pick(
    BROWSERS.filter(browser => browser.device === device),
    ({ weight }) => weight,
  )
  const persistent = dice.chance(PERSISTENT)
  const running = world.sources.filter(({ active: [from, to] = [0, 1] }) => from <= progress && progress <= to)
  return {
    number,
    device,
    persistent,
    source: dice.pick(running, ({ weight }) => weight),
    traits: {
      ...(persistent ? { visitor_id: `visitor-${number}` } : { ip: addressOf(number) }),
      user_agent: agent,
      country,
      region,
      city,
      language,
    },
  }
}

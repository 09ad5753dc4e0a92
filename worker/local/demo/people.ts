import type { Dice } from './dice.ts'
import { DEVICES, PLACES, SOURCES, type Source } from './world.ts'

/** What somebody comes for. */
export type Purpose = 'glance' | 'read' | 'shop' | 'plan'

export interface Person {
  readonly number: number
  readonly purpose: Purpose
  /** Who they are, where and with what, as every event of theirs says it. */
  readonly traits: Readonly<Record<string, string>>
  /** Whether they can be told from others for longer than a day. */
  readonly lasting: boolean
  readonly source: Source
}

const PURPOSES: readonly (readonly [Purpose, weight: number])[] = [
  ['glance', 38],
  ['read', 18],
  ['shop', 32],
  ['plan', 12],
]

/** A third refuse an id that lasts: they are known by address and browser, for a day. */
const LASTING = 0.68

/** Somebody new. */
export const personOf = (number: number, dice: Dice): Person => {
  const [purpose] = dice.pick(PURPOSES, ([, weight]) => weight)
  const { country, region, city, language, network } = dice.pick(PLACES, ({ weight }) => weight)
  const { agent } = dice.pick(DEVICES, ({ weight }) => weight)
  const lasting = purpose === 'plan' || dice.chance(LASTING)
  const id = lasting ? { visitor_id: `visitor-${number}` } : { ip: `${network}.${number >> 8}.${number & 255}` }
  return {
    number,
    purpose,
    lasting,
    source: dice.pick(SOURCES, ({ weight }) => weight),
    traits: { ...id, user_agent: agent, country, region, city, language },
  }
}

import { expect, test } from 'vitest'
import { outcomeOf, survive } from '../../chaos/kills'

/** `npm run torture` has many more, and other seeds. Objects get fewer, because only the store differs. */
const KILLS = { d1: 10, objects: 4 } as const

test.each(['d1', 'objects'] as const)(
  'acknowledged events are stored once, whenever the server is killed: %s',
  {
    timeout: 300_000,
  },
  async store => {
    const result = await survive({ kills: KILLS[store], seed: 1, store })
    const { figures, failures } = outcomeOf(result)
    console.log(JSON.stringify(figures))
    expect(failures).toEqual([])
    expect(result.acknowledged, 'the load was one').toBeGreaterThan(50 * KILLS[store])
    expect(result.repeated, 'kills hit requests').toBeGreaterThan(KILLS[store])
  },
)

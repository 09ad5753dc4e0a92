import { expect, test } from 'vitest'
import { outcomeOf, survive } from '../../chaos/kills'

/** `npm run torture` has ten times as many, and other seeds. */
const KILLS = { kills: 20, seed: 1 }

test('acknowledged events are stored once, whenever the server is killed', { timeout: 300_000 }, async () => {
  const result = await survive(KILLS)
  const { figures, failures } = outcomeOf(result)
  console.log(JSON.stringify(figures))
  expect(failures).toEqual([])
  expect(result.acknowledged, 'the load was one').toBeGreaterThan(1_000)
  expect(result.repeated, 'kills hit requests').toBeGreaterThan(KILLS.kills)
})

import { expect, test } from 'vitest'
import { findRate } from '../../chaos/beacons'

/** Other tests run beside it, so it begins lower than `npm run torture` and is shorter. */
const RATES = [200, 100, 50]
const SECONDS = 15

test('beacons, overviews and the cron side by side: no failed answer, nothing lost, none waits long', async () => {
  const { rate, loads } = await findRate(RATES, () => SECONDS)
  console.log(JSON.stringify(loads))
  for (const { failed, lost, acknowledged } of loads) {
    expect([failed, lost]).toEqual([0, 0])
    expect(acknowledged).toBeGreaterThan(RATES.at(-1) ?? 0)
  }
  expect(rate, 'a rate holds').not.toBeNull()
})

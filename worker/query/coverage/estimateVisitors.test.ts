import { describe, expect, test } from 'vitest'
import { type BrowserTraffic, estimateVisitors, joinTraffic } from './estimateVisitors'

/** Numbers from 0 to 1, always the same for a seed. */
const generator = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Browser {
  readonly visitors: number
  /** The share whose script does not run. */
  readonly blocking: number
  /** How unequal visitors are: page views grow with the power of a random number. */
  readonly spread: number
}

/** Visitors of a browser, of whom some are not recorded; each page served is counted with a probability. */
const visit = (random: () => number, { visitors, blocking, spread }: Browser, counted: number): BrowserTraffic => {
  const views: number[] = []
  let served = 0
  let sampled = 0
  for (let n = 0; n < visitors; n++) {
    const pages = 1 + Math.floor((1 / (0.02 + random())) ** spread)
    served += pages
    for (let page = 0; page < pages; page++) if (random() < counted) sampled++
    if (random() >= blocking) views.push(pages)
  }
  const recorded = views.reduce((sum, pages) => sum + pages, 0)
  const mean = recorded / Math.max(1, views.length)
  const squares = views.reduce((sum, pages) => sum + (pages - mean) ** 2, 0)
  return {
    visitors: views.length,
    recorded,
    variance: squares / Math.max(1, views.length - 1) / Math.max(1, views.length),
    served: counted === 1 ? served : sampled / counted,
    servedVariance: counted === 1 ? 0 : (sampled / counted) * ((1 - counted) / counted),
  }
}

const SITES: readonly (readonly [name: string, browsers: readonly Browser[], counted: number])[] = [
  ['few visitors, many of whom block', [{ visitors: 300, blocking: 0.4, spread: 0.5 }], 1],
  [
    'browsers that block differently',
    [
      { visitors: 900, blocking: 0.15, spread: 0.7 },
      { visitors: 400, blocking: 0.5, spread: 0.4 },
      { visitors: 300, blocking: 0.05, spread: 0.6 },
    ],
    1,
  ],
  [
    'a tenth of the requests counted',
    [
      { visitors: 800, blocking: 0.2, spread: 0.6 },
      { visitors: 500, blocking: 0.35, spread: 0.6 },
    ],
    0.1,
  ],
  [
    'browsers with few visitors',
    [
      { visitors: 1_200, blocking: 0.25, spread: 0.6 },
      { visitors: 20, blocking: 0.3, spread: 0.6 },
      { visitors: 15, blocking: 0.9, spread: 0.6 },
    ],
    1,
  ],
]

describe('of simulated sites whose visitors are known', () => {
  test.each(SITES)('%s: the interval holds the truth 95 times in 100', (_, browsers, counted) => {
    const random = generator(19)
    const truth = browsers.reduce((sum, { visitors }) => sum + visitors, 0)
    const rounds = 1_000
    let held = 0
    let recordedHeld = 0
    let sum = 0
    for (let round = 0; round < rounds; round++) {
      const traffic = browsers.map(browser => visit(random, browser, counted))
      const estimate = estimateVisitors(traffic)
      if (!estimate) throw new Error('there is no estimate')
      const [low, high] = estimate.interval
      if (low <= truth && truth <= high) held++
      sum += estimate.value
      // Without the pages served: as if nobody blocked.
      if (joinTraffic(traffic).visitors >= low) recordedHeld++
    }
    expect(held / rounds).toBeGreaterThan(0.93)
    expect(held / rounds).toBeLessThan(0.985)
    expect(Math.abs(sum / rounds / truth - 1)).toBeLessThan(0.01)
    expect(recordedHeld / rounds).toBeLessThan(0.2)
  })
})

test('a site that everybody lets count has as many visitors as recorded', () => {
  const traffic = visit(generator(1), { visitors: 500, blocking: 0, spread: 0.5 }, 1)
  expect(estimateVisitors([traffic])).toEqual({ value: 500, interval: [500, 500] })
})

test('there are never fewer visitors than recorded, and none are estimated from nothing', () => {
  const traffic = { visitors: 100, recorded: 300, variance: 0.01, served: 150, servedVariance: 0 }
  expect(estimateVisitors([traffic])?.value).toBe(100)
  expect(estimateVisitors([{ ...traffic, visitors: 0, recorded: 0 }])).toBeNull()
  expect(estimateVisitors([])).toBeNull()
})

test('traffic of two days joins to the mean over both', () => {
  const day = { visitors: 10, recorded: 20, variance: 0.5, served: 30, servedVariance: 4 }
  expect(joinTraffic([day, day])).toEqual({
    visitors: 20,
    recorded: 40,
    variance: 0.25,
    served: 60,
    servedVariance: 8,
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dedupe } from './dedupe.ts'
import { timeOf } from './event.ts'
import { worldOf } from './facts.ts'
import type { MetricId } from './metrics.ts'
import { minorUnits, worth } from './money.ts'
import { ALL, askedFrom, EVERY_DAY, type PlannedQuestion, questionAbout } from './questions.ts'
import { happen, plan, type Scenario, sentIn } from './scenario.ts'
import { ask } from './truth.ts'

const SEED = 7
const START = Date.UTC(2026, 0, 1)

const scenarios: Scenario[] = fc.sample(plan, { seed: SEED, numRuns: 150 }).map(one => happen(one, START))
/** Every possible query by day, with all kinds of parameters. */
const questions = fc
  .sample(questionAbout(ALL), { seed: SEED, numRuns: 600 })
  .filter(([, { metrics }]) => metrics.length === ALL.length)

/** The payment of each order that a server sent, and each of its refunds, minor units. */
const balances = ({ site, ...scenario }: Scenario) => {
  const events = dedupe(sentIn({ site, ...scenario }))
  const minor = (value: number, currency = site.currency) => Math.round(value * minorUnits(currency))
  return events
    .filter(({ name, fromBrowser }) => name === 'purchase' && !fromBrowser)
    .map(order => {
      const paid = minor(order.value ?? worth(order.items ?? []), order.currency)
      const refunds = events.filter(one => one.name === 'refund' && one.transaction_id === order.transaction_id)
      const back = refunds.map(({ value, currency }) => (value === undefined ? paid : minor(value, currency)))
      return { paid, back, all: back.reduce((sum, one) => sum + one, 0), refunds, order }
    })
}

/** For each transaction sent by a browser: whether a server sent it, too, and which was first. */
const sendersOf = (scenario: Scenario) => {
  const purchases = sentIn(scenario).filter(({ name }) => name === 'purchase')
  return [...Map.groupBy(purchases, ({ transaction_id }) => transaction_id).values()].flatMap(own => {
    const first = (browser: boolean) =>
      Math.min(...own.filter(one => (one.fromBrowser ?? false) === browser).map(timeOf))
    if (first(true) === Infinity) return []
    return [first(false) === Infinity ? 'alone' : first(true) < first(false) ? 'before' : 'after']
  })
}

describe('random scenarios', () => {
  it('refund at most the order at a time, in its currency, and together sometimes more', () => {
    const all = scenarios.flatMap(balances)
    expect(all.filter(({ paid, back }) => back.some(one => one > paid))).toEqual([])
    expect(all.filter(({ refunds, order }) => refunds.some(({ currency }) => currency !== order.currency))).toEqual([])
    expect(all.filter(({ paid, all }) => all > paid).length).toBeGreaterThan(4)
  })

  it("have browser orders before and after a server's copy, and alone", () => {
    const counts = Object.entries(Object.groupBy(scenarios.flatMap(sendersOf), teller => teller))
    expect(
      counts
        .filter(([, own = []]) => own.length > 10)
        .map(([teller]) => teller)
        .sort(),
    ).toEqual(['after', 'alone', 'before'])
  })

  it('give every metric a different value', () => {
    const values = new Map<MetricId, Set<number>>(ALL.map(id => [id, new Set()]))
    for (const [n, scenario] of scenarios.entries()) {
      const [, asked] = questions[n % questions.length] as PlannedQuestion
      const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
      const question = askedFrom(world, [EVERY_DAY, { ...asked, granularity: 'day' }])
      for (const { metrics } of ask(world, scenario.now, question)) {
        for (const id of ALL) {
          const value = metrics[id]?.value
          if (value !== null && value !== undefined) values.get(id)?.add(value)
        }
      }
    }
    const dull = [...values].filter(([, found]) => found.size < 2).map(([id]) => id)
    // The first is 100 % for all pages together, and test/integration/guideEffect.test.ts has enough people for the other.
    expect(dull).toEqual(['exit_rate', 'guide_effect'])
  }, 30_000)
})

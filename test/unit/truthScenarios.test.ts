import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dedupe } from '../truth/dedupe.ts'
import { worldOf } from '../truth/facts.ts'
import type { MetricId } from '../truth/metrics.ts'
import { minorUnits, worth } from '../truth/money.ts'
import { ALL, askedFrom, EVERY_DAY, type PlannedQuestion, questionAbout } from '../truth/questions.ts'
import { happen, plan, type Scenario, sentIn } from '../truth/scenario.ts'
import { ask } from '../truth/truth.ts'

const SEED = 7
const START = Date.UTC(2026, 0, 1)

const scenarios: Scenario[] = fc.sample(plan, { seed: SEED, numRuns: 150 }).map(one => happen(one, START))
/** Everything there is to ask, day by day, with all kinds of parameters. */
const questions = fc
  .sample(questionAbout(ALL), { seed: SEED, numRuns: 600 })
  .filter(([, { metrics }]) => metrics.length === ALL.length)

/** What was paid for each order and what was given back of it, minor units. */
const balances = ({ site, ...told }: Scenario) => {
  const events = dedupe(sentIn({ site, ...told }))
  const minor = (value: number, currency = site.currency) => Math.round(value * minorUnits(currency))
  return events
    .filter(({ name }) => name === 'purchase')
    .map(order => {
      const paid = minor(order.value ?? worth(order.items ?? []), order.currency)
      const refunds = events.filter(one => one.name === 'refund' && one.transaction_id === order.transaction_id)
      const back = refunds.map(({ value, currency }) => (value === undefined ? paid : minor(value, currency)))
      return { paid, back: back.reduce((sum, one) => sum + one, 0), refunds, order }
    })
}

describe('random scenarios', () => {
  it('refund no more than was paid, in the currency of the order', () => {
    const all = scenarios.flatMap(balances)
    expect(all.filter(({ paid, back }) => back > paid)).toEqual([])
    expect(all.filter(({ refunds, order }) => refunds.some(({ currency }) => currency !== order.currency))).toEqual([])
    expect(all.filter(({ refunds }) => refunds.length > 1).length).toBeGreaterThan(10)
  })

  it('make every metric tell different things', () => {
    const values = new Map<MetricId, Set<number>>(ALL.map(id => [id, new Set()]))
    for (const [n, told] of scenarios.entries()) {
      const [, asked] = questions[n % questions.length] as PlannedQuestion
      const world = worldOf(sentIn(told), told.site, told.imports)
      const question = askedFrom(world, [EVERY_DAY, { ...asked, granularity: 'day' }])
      for (const { metrics } of ask(world, told.now, question)) {
        for (const id of ALL) {
          const value = metrics[id]?.value
          if (value !== null && value !== undefined) values.get(id)?.add(value)
        }
      }
    }
    const dull = [...values].filter(([, found]) => found.size < 2).map(([id]) => id)
    expect(dull).toEqual([])
  }, 30_000)
})

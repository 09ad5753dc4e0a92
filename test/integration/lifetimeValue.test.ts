import { beforeAll, expect, test } from 'vitest'
import type { Question } from '../../shared/question'
import { clockByHand } from './clockByHand'
import { createSite, post, query, type TestSite } from './setup'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 29, 12)

clockByHand(NOW)

let site: TestSite

const order = (visitor_id: string, days: number, value: number) => ({
  name: 'purchase',
  visitor_id,
  time: NOW - days * DAY,
  transaction_id: `${visitor_id}${days}`,
  currency: 'EUR',
  value,
})

beforeAll(async () => {
  site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  await post(site, [
    // Bought before the window and within it.
    order('stays', 400, 30),
    order('stays', 200, 100),
    // The only order is too old 35 days before the end.
    order('lost', 400, 50),
    order('new', 100, 60),
    order('new', 50, 40),
  ])
})

const lifetimeValue = async (period: Question['period'], parameters: Record<string, number> = {}) => {
  const { rows } = await query(site, { metrics: ['clv'], ...(period && { period }), parameters: { clv: parameters } })
  return rows[0]?.metrics.clv
}

// From the window's first midnight to noon, twice, and from noon to noon.
const DAYS = 364.5 + 364.5 + 100
const YEARS = DAYS / 365.25

test.each(['7d', '30d', '90d', '12mo', 'month', 'year', { from: '2026-11-29', to: '2026-11-29' }] as const)(
  'customer lifetime value is one number for %j',
  async period => {
    const clv = await lifetimeValue(period)
    // 200 in 3 orders of 3 customers, one of whom was lost.
    expect(clv?.value).toBeCloseTo((200 / 3) * (3 / YEARS) * YEARS, 9)
    expect(clv?.value).toBeCloseTo(200, 9)
    expect(clv?.denominator).toBeCloseTo(YEARS, 9)
    expect(clv?.parts?.average_order_value).toBeCloseTo(66.666667, 6)
    expect(clv?.parts?.orders_per_customer_year).toBeCloseTo(1.321773, 6)
    expect(clv?.parts?.lifetime_years).toBeCloseTo(2.269678, 6)
  },
)

test('a shorter window counts only events inside it', async () => {
  expect((await lifetimeValue('7d', { window: 120 }))?.value).toBeCloseTo(100, 9)
  const withoutLoss = await lifetimeValue('90d', { window: 20 })
  expect(withoutLoss).toMatchObject({
    value: null,
    status: 'no_data',
    reason: 'No customer ordered in the 20 days that end with this period.',
  })
  expect((await lifetimeValue('90d', { window: 30 }))?.value).toBeNull()
})

import fc from 'fast-check'
import { addDays } from './calendar.ts'
import type { Imports } from './imports.ts'

/** Days counted from the first of a scenario. */
const day = fc.integer({ min: -1, max: 10 })
const campaign = fc.constantFrom('', '', 'spring', 'autumn')
const source = fc.constantFrom('', '', 'townpaper', 'letter')
const amount = fc.constantFrom(0, 10, 19.99, 250)
/** One of a few parts, with the whole. */
const part = fc.constantFrom([0, 0], [0, 7], [3, 10], [40, 40], [25, 200])
/** The currency of a row: the site's or another one. */
const foreign = fc.constantFrom(false, false, false, true)

/** Rows to be imported later, by days of a scenario. */
export const plannedImports = fc.record({
  costs: fc.array(
    fc.record({ day, channel: fc.constantFrom('', '', 'Email', 'Paid other'), source, campaign, amount, foreign }),
    { maxLength: 6 },
  ),
  email: fc.array(fc.record({ day, campaign, opened: part }), { maxLength: 3 }),
  social: fc.array(fc.record({ day, source, campaign, engaged: part }), { maxLength: 3 }),
  market: fc.array(fc.record({ day, market: fc.constantFrom('', 'Sweden'), sold: part, price: amount, foreign }), {
    maxLength: 3,
  }),
})
export type PlannedImports = typeof plannedImports extends fc.Arbitrary<infer T> ? T : never

/** One row per key: a later one would replace an earlier. */
const keyed = <T>(rows: readonly T[], key: (row: T) => unknown): T[] => [
  ...new Map(rows.map(row => [JSON.stringify(key(row)), row])).values(),
]

/** The rows of a scenario with its days and the currency of its site. */
export const importsOf = (
  { costs, email, social, market }: PlannedImports,
  firstDay: string,
  site: string,
): Imports => {
  const on = (day: number) => addDays(firstDay, day)
  const currency = (foreign: boolean) => (foreign ? 'SEK' : site)
  return {
    costs: keyed(costs, ({ day, channel, source, campaign }) => [day, channel, source, campaign]).map(
      ({ day, foreign, ...row }) => ({ ...row, day: on(day), currency: currency(foreign) }),
    ),
    email: keyed(email, ({ day, campaign }) => [day, campaign]).map(
      ({ day, campaign, opened: [opens, delivered] }) => ({
        day: on(day),
        campaign,
        delivered: delivered ?? 0,
        opens: opens ?? 0,
        clicks: Math.floor((opens ?? 0) / 2),
      }),
    ),
    social: keyed(social, ({ day, source, campaign }) => [day, source, campaign]).map(
      ({ day, engaged: [engagements, impressions], ...row }) => ({
        ...row,
        day: on(day),
        impressions: impressions ?? 0,
        engagements: engagements ?? 0,
      }),
    ),
    market: keyed(market, ({ day, market }) => [day, market]).map(
      ({ day, market, sold: [own, all], price, foreign }) => ({
        day: on(day),
        market,
        own_units: own ?? 0,
        market_units: all ?? 0,
        own_revenue: (own ?? 0) * price,
        market_revenue: (all ?? 0) * price,
        currency: currency(foreign),
      }),
    ),
    ai_fetches: keyed(social, ({ day, source, campaign }) => [day, source, campaign]).map(
      ({ day, source, campaign, engaged: [, fetches] }) => ({
        day: on(day),
        page: campaign && `/${campaign}`,
        crawler: source,
        fetches: fetches ?? 0,
      }),
    ),
    served_pages: keyed(market, ({ day, market }) => [day, market]).map(({ day, market, sold: [part, all] }) => ({
      day: on(day),
      browser: market && 'Firefox',
      pages: all ?? 0,
      ...(part && { sampled: part }),
    })),
  }
}

import { type Calendar, DAYS } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import type { DemoImportRow, History } from '../site.ts'

const cents = (amount: number): number => Math.round(amount * 100) / 100

const costsOf = (day: string, progress: number, busyness: number, dice: Dice): DemoImportRow[] => {
  const spend = (median: number): number => cents(dice.around(median * busyness, 0.15))
  const google = { day, channel: 'Paid search', source: 'Google' }
  const social = progress < 0.55 ? 'first-frost' : 'gift-guide'
  return [
    { ...google, campaign: 'brand', amount: spend(4) },
    { ...google, campaign: 'camp-kitchen', amount: spend(6.5) },
    { day, channel: 'Paid social', source: 'Instagram', campaign: social, amount: spend(5.5) },
  ]
}

const socialOf = (day: string, dice: Dice): DemoImportRow[] =>
  (
    [
      ['Instagram', 1500, 0.041],
      ['Facebook', 520, 0.016],
    ] as const
  ).map(([source, reach, rate]) => {
    const impressions = Math.round(dice.around(reach, 0.25))
    return { day, source, impressions, engagements: Math.round(impressions * dice.around(rate, 0.2)) }
  })

const emailOf = (day: string, progress: number, dice: Dice): DemoImportRow[] => {
  const delivered = Math.round(1_900 + 700 * progress + dice.between(-20, 20))
  const opens = Math.round(delivered * dice.between(0.31, 0.37))
  return [{ day, campaign: 'weekly-letter', delivered, opens, clicks: Math.round(opens * dice.between(0.07, 0.11)) }]
}

const marketOf = (day: string, progress: number, dice: Dice): DemoImportRow[] => {
  const market = 'Nordic camping accessories'
  const growth = 1 + 0.4 * progress
  const units = { market_units: dice.whole(1_150, 1_290), own_units: Math.round(dice.around(36 * growth, 0.08)) }
  const market_revenue = dice.whole(47_000, 52_000)
  return [
    { day, market, ...units },
    { day, market: `${market}, revenue`, own_revenue: Math.round(dice.around(1450 * growth, 0.08)), market_revenue },
  ]
}

const CRAWLERS = [
  ['GPTBot', 14],
  ['ClaudeBot', 9],
  ['ChatGPT-User', 4],
  ['PerplexityBot', 3],
] as const
const FETCHED = [
  ['/', 1],
  ['/collections/kitchen', 0.7],
  ['/products/enamel-mug', 0.5],
  ['/products/wool-socks', 0.3],
] as const

const aiFetchesOf = (day: string, progress: number, dice: Dice): DemoImportRow[] =>
  CRAWLERS.flatMap(([crawler, daily]) =>
    FETCHED.map(([page, share]) => {
      const fetches = Math.round(dice.around(daily * share * (0.5 + progress), 0.3))
      return { day, page, crawler, fetches }
    }),
  ).filter(({ fetches }) => fetches > 0)

const isWeekly = (day: number): boolean => day % 7 === 4

/** Rows to import: daily costs and posts, weekly newsletters and market reports. */
export const importsOf = (calendar: Calendar, dice: Dice): History['imports'] => {
  const days = Array.from({ length: calendar.today + 1 }, (_, day) => ({
    day,
    text: calendar.dayText(day),
    progress: day / DAYS,
  }))
  const weekly = days.filter(({ day }) => isWeekly(day))
  return {
    costs: days.flatMap(({ day, text, progress }) => costsOf(text, progress, calendar.busyness(day), dice)),
    social: days.flatMap(({ text }) => socialOf(text, dice)),
    email: weekly.flatMap(({ text, progress }) => emailOf(text, progress, dice)),
    market: weekly.flatMap(({ text, progress }) => marketOf(text, progress, dice)),
    ai_fetches: days.flatMap(({ text, progress }) => aiFetchesOf(text, progress, dice)),
  }
}

import type { Dice } from './dice.ts'

const DAY = 86_400_000

type Row = Readonly<Record<string, string | number>>

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const costs = (day: string, dice: Dice): Row[] => [
  {
    day,
    channel: 'Paid search',
    source: 'Google',
    campaign: 'winter',
    amount: Math.round(dice.around(14, 0.2) * 100) / 100,
  },
  {
    day,
    channel: 'Paid social',
    source: 'Instagram',
    campaign: 'winter',
    amount: Math.round(dice.around(8, 0.2) * 100) / 100,
  },
]

const email = (day: string, dice: Dice): Row[] => {
  const delivered = dice.whole(1150, 1250)
  const opens = Math.round(delivered * dice.between(0.31, 0.38))
  return [{ day, campaign: 'first-frost', delivered, opens, clicks: Math.round(opens * dice.between(0.11, 0.16)) }]
}

const social = (day: string, dice: Dice): Row[] =>
  ['Instagram', 'LinkedIn'].map(source => {
    const impressions = dice.whole(700, 1600)
    return {
      day,
      source,
      campaign: 'winter',
      impressions,
      engagements: Math.round(impressions * dice.between(0.02, 0.05)),
    }
  })

const market = (day: string, dice: Dice): Row[] => [
  { day, market: 'Nordic outdoor', own_units: dice.whole(20, 30), market_units: dice.whole(880, 980) },
  {
    day,
    market: 'Nordic outdoor, by value',
    own_revenue: dice.whole(700, 900),
    market_revenue: dice.whole(30_000, 33_000),
  },
]

const WEEK = 7

/** Numbers that no browser sees, by kind of import: costs and posts each day, letters and markets each week. */
export const totals = (now: number, days: number, dice: Dice): Readonly<Record<string, readonly Row[]>> => {
  const list = Array.from({ length: days }, (_, ago) => dayOf(now - ago * DAY))
  const weekly = list.filter((_, ago) => ago % WEEK === 2)
  return {
    costs: list.flatMap(day => costs(day, dice)),
    social: list.flatMap(day => social(day, dice)),
    email: weekly.flatMap(day => email(day, dice)),
    market: weekly.flatMap(day => market(day, dice)),
  }
}

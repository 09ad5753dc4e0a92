import { type Calendar, DAYS } from '../calendar.ts'
import type { Dice } from '../dice.ts'
import type { DemoImportRow, History } from '../site.ts'

const cents = (amount: number): number => Math.round(amount * 100) / 100

const costsOf = (day: string, progress: number, busyness: number, dice: Dice): DemoImportRow[] => {
  const spend = (median: number): number => cents(dice.around(median * busyness, 0.15))
  const google = { day, channel: 'Paid search', source: 'Google' }
  return [
    { ...google, campaign: 'route-planner', amount: spend(12) },
    ...(progress >= 0.4 ? [{ ...google, campaign: 'alternatives', amount: spend(7) }] : []),
    { day, channel: 'Paid social', source: 'LinkedIn', campaign: 'guides-and-schools', amount: spend(10) },
  ]
}

const emailOf = (day: string, progress: number, dice: Dice): DemoImportRow => {
  const delivered = Math.round(240 + 900 * progress)
  const opens = Math.round(delivered * dice.between(0.38, 0.45))
  return { day, campaign: 'product-news', delivered, opens, clicks: Math.round(opens * dice.between(0.12, 0.18)) }
}

/** Rows to import: daily advertising costs, and a product newsletter every other week. */
export const importsOf = (calendar: Calendar, dice: Dice): History['imports'] => {
  const days = Array.from({ length: calendar.today + 1 }, (_, day) => day)
  return {
    costs: days.flatMap(day => costsOf(calendar.dayText(day), day / DAYS, calendar.busyness(day), dice)),
    email: days.filter(day => day % 14 === 9).map(day => emailOf(calendar.dayText(day), day / DAYS, dice)),
  }
}

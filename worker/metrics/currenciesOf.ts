import { knownEvent } from '../../shared/events'
import questionsCurrencies from '../store/sql/questions.currencies.sql'
import type { Asking } from './asking'
import { currencyKey } from './compile/scope'
import type { Range } from './period'
import type { Plan } from './question'

const HOUR = 3_600_000

/** What an amount that is left out is one of. */
const AMOUNTS: Readonly<Record<string, string>> = {
  orders: 'orders and refunds',
  orders_to_date: 'orders and refunds',
  subscriptions: 'changes of subscriptions',
  costs: 'imported costs',
  market: 'imported market figures',
}

const ORDERS = JSON.stringify([knownEvent('purchase'), knownEvent('refund')])
const SUBSCRIPTIONS = JSON.stringify([knownEvent('subscription_start'), knownEvent('subscription_change')])

const oneCurrency = (found: ReadonlySet<string>, own: string): string | undefined =>
  found.has(own) || found.size === 0 ? own : found.size === 1 ? [...found][0] : undefined

/**
 * By where money comes from, the one currency it is added in: the site's if the period has any, else the
 * only one there is; none when there are several and none is the site's.
 */
export const currenciesOf = async (asking: Asking, plan: Plan, range: Range): Promise<Map<string, string>> => {
  const asked = new Map(plan.metrics.flatMap(({ metric: { money } }) => (money ? [[currencyKey(money), money]] : [])))
  if (asked.size === 0) return new Map()
  const rows = await asking.all(questionsCurrencies, [
    asking.site.id,
    Math.floor(range.from / HOUR),
    Math.floor(range.to / HOUR),
    range.from,
    range.to,
    ORDERS,
    SUBSCRIPTIONS,
    range.firstDay,
    range.lastDay,
  ])
  const result = new Map<string, string>()
  const left = new Set<string>()
  for (const [key, sources] of asked) {
    const own = rows.filter(row => sources.some(source => source === row.source))
    const decided = oneCurrency(new Set(own.map(row => String(row.currency))), asking.site.currency)
    if (decided !== undefined) result.set(key, decided)
    for (const row of own) {
      if (row.currency !== decided) left.add(`${row.count} ${AMOUNTS[String(row.source)]} in ${row.currency}`)
    }
  }
  for (const what of left)
    asking.warnings.push(`${what} are left out: amounts of different currencies are never added.`)
  return result
}

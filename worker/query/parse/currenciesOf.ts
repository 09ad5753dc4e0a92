import { knownEvent } from '../../../shared/events'
import { HOUR } from '../../../shared/time'
import type { Range } from '../../lib/timeRange'
import { currencyKey } from '../../relations/sql/scope'
import questionsCurrencies from '../../storage/sql/questions.currencies.sql'
import type { Asking } from '../asking'
import type { ParsedQuery } from './parseQuery'

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

/** The money of a range: how much of it is in each currency, and where it comes from. */
const moneyIn = (asking: Asking, range: Range): Promise<Record<string, unknown>[]> =>
  asking.all(questionsCurrencies, [
    asking.site.id,
    Math.floor(range.from / HOUR),
    Math.floor(range.to / HOUR),
    range.from,
    range.to,
    ORDERS,
    SUBSCRIPTIONS,
    range.firstDay,
    range.lastDay,
    asking.site.settings.purchases === 'server' ? 1 : 0,
  ])

/**
 * By where money comes from, the one currency it is added in: the site's if the period has any, else the
 * only one there is; none when there are several and none is the site's. What is in others is told in the warnings.
 * @param before the period it is compared with, which is told in the same currency
 */
export const currenciesOf = async (
  asking: Asking,
  plan: ParsedQuery,
  range: Range,
  before: Range | null,
): Promise<Map<string, string>> => {
  const asked = new Map(plan.metrics.flatMap(({ metric: { money } }) => (money ? [[currencyKey(money), money]] : [])))
  if (asked.size === 0) return new Map()
  const [now, then] = await Promise.all([moneyIn(asking, range), before ? moneyIn(asking, before) : []])
  const result = new Map<string, string>()
  const left = new Set<string>()
  for (const [key, sources] of asked) {
    const isAsked = ({ source }: Record<string, unknown>): boolean => sources.some(one => one === source)
    const own = now.filter(isAsked)
    const decided = oneCurrency(new Set(own.map(row => String(row.currency))), asking.site.currency)
    if (decided !== undefined) result.set(key, decided)
    const leave = (rows: readonly Record<string, unknown>[], when: string): void => {
      for (const { source, currency, count } of rows)
        if (currency !== decided) left.add(`${count} ${AMOUNTS[String(source)]} in ${currency}${when}`)
    }
    leave(own, '')
    leave(then.filter(isAsked), ' of the period before')
  }
  for (const what of left)
    asking.warnings.push(`${what} are left out: amounts of different currencies are never added.`)
  return result
}

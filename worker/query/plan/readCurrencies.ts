import { HOUR } from '../../../shared/time'
import type { Range } from '../../lib/timeRange'
import { currencyKey } from '../../relations/sql/scope'
import type { MoneySource } from '../../relations/terms'
import type { SiteConfig } from '../../storage/siteConfig'
import questionsCurrencies from '../../storage/sql/questions.currencies.sql'
import type { ResultRow } from '../execute/cell'
import type { CountedReads } from '../execute/countedReads'
import type { Query } from '../parse/query'

/** The one currency that money is added in, by its sources, and what that leaves out. */
export interface Currencies {
  /** By `currencyKey`; no entry where there are several currencies and none is the site's. */
  readonly chosen: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
}

/** How a warning names the amounts of a source. */
const AMOUNTS: Readonly<Record<string, string>> = {
  orders: 'orders and refunds',
  carts: 'additions to carts',
  orders_to_date: 'orders and refunds',
  subscriptions: 'changes of subscriptions',
  costs: 'imported costs',
  market: 'imported market figures',
}

const choose = (found: ReadonlySet<string>, own: string): string | undefined =>
  found.has(own) || found.size === 0 ? own : found.size === 1 ? [...found][0] : undefined

/** How many amounts of a range are in each currency, by source. */
const readMoney = (
  reads: CountedReads,
  { id, settings }: SiteConfig,
  range: Range,
  sources: readonly MoneySource[],
): Promise<readonly ResultRow[]> =>
  reads.all(
    questionsCurrencies,
    id,
    Math.floor(range.from / HOUR),
    Math.floor(range.to / HOUR),
    range.from,
    range.to,
    range.firstDay,
    range.lastDay,
    settings.purchases === 'server' ? 1 : 0,
    JSON.stringify(Object.fromEntries(sources.map(source => [source, 1]))),
  )

const moneyIn = ({ metrics }: Query): ReadonlyMap<string, readonly MoneySource[]> =>
  new Map(metrics.flatMap(({ metric: { money } }) => (money ? [[currencyKey(money), money]] : [])))

const leftOut = (rows: readonly ResultRow[], chosen: string | undefined, when: string): string[] =>
  rows.flatMap(({ source, currency, count }) =>
    currency === chosen ? [] : [`${count} ${AMOUNTS[String(source)]} in ${currency}${when}`],
  )

/**
 * Chooses the currency of each metric's money: the site's if the period has any, else the only one there is.
 * @param previous the period of a comparison, whose money is added in the same currency
 */
export const readCurrencies = async (
  reads: CountedReads,
  query: Query,
  site: SiteConfig,
  range: Range,
  previous: Range | null,
): Promise<Currencies> => {
  const money = moneyIn(query)
  if (money.size === 0) return { chosen: new Map(), warnings: [] }
  const sources = [...new Set([...money.values()].flat())]
  const [current, before] = await Promise.all([
    readMoney(reads, site, range, sources),
    previous ? readMoney(reads, site, previous, sources) : [],
  ])
  const chosen = new Map<string, string>()
  const left = new Set<string>()
  for (const [key, sources] of money) {
    const isOwn = ({ source }: ResultRow): boolean => sources.some(one => one === source)
    const own = current.filter(isOwn)
    const currency = choose(new Set(own.map(row => String(row.currency))), site.currency)
    if (currency !== undefined) chosen.set(key, currency)
    for (const one of leftOut(own, currency, '')) left.add(one)
    for (const one of leftOut(before.filter(isOwn), currency, ' of the period before')) left.add(one)
  }
  const warnings = [...left].map(one => `${one} are left out: amounts of different currencies are never added.`)
  return { chosen, warnings }
}

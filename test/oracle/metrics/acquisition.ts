import { type Email, emailsOf } from '../emails.ts'
import type { Mailing } from '../imports.ts'
import { currencyOf, leftOf, minorUnits } from '../money.ts'
import { NOT_SET } from '../origins.ts'
import { inBucket, type Metric, NEEDS_INPUT, ratio, type Scope, sum, type Truth } from '../scope.ts'
import { fits, sourceOfOrder } from '../sources.ts'
import { net, ofBucket, orders, totalIn } from './amounts.ts'
import { COUNTS } from './counts.ts'

interface OfDay {
  readonly day: string
}

const during =
  ({ from, to }: Scope['period']) =>
  ({ day }: OfDay): boolean =>
    from <= day && day <= to

const campaignOf = (campaign: unknown) => (campaign ? String(campaign) : NOT_SET)

const costsOf = ({ world, period }: Scope) => world.imports.costs.filter(during(period))

/** The costs of the bucket in one currency. */
const costsIn = (scope: Scope, currency: string) =>
  costsOf(scope)
    .filter(during(scope.bucket.days))
    .filter(row => row.currency === currency)

/** The spend of the bucket, in one currency. */
const spendIn = (scope: Scope, currency: string) => {
  const units = minorUnits(currency)
  return sum(costsIn(scope, currency).map(({ amount }) => Math.round(amount * units))) / units
}

/** The spend per person. */
const costPer =
  (people: Metric): Metric =>
  scope => {
    const currency = currencyOf(costsOf(scope), scope.world.site.currency)
    if (currency === undefined || costsIn(scope, currency).length === 0) return NEEDS_INPUT
    const counted = people(scope)
    return counted.value === null ? counted : ratio(spendIn(scope, currency), counted.value)
  }

const romi: Metric = scope => {
  const { world, whole } = scope
  const costs = costsOf(scope)
  const currency = currencyOf([...net(scope)(whole), ...costs], world.site.currency)
  if (costs.length === 0 || currency === undefined) return NEEDS_INPUT
  const owed = ofBucket(scope, orders(scope), currency).filter(({ fact }) => {
    const source = sourceOfOrder(world, fact)
    return costs.some(cost => fits(cost, source))
  })
  const spend = spendIn(scope, currency)
  return { value: spend === 0 ? null : (totalIn(currency, leftOf(owed, world)) - spend) / spend }
}

/** The share of emails delivered in the bucket, by events and by imported rows, with an action. */
const shareOfEmails = (
  scope: Scope,
  emails: readonly Email[],
  mailings: readonly Mailing[],
  done: 'opens' | 'clicks',
): Truth => {
  const own = emails.filter(({ delivered }) => inBucket(scope, delivered.time))
  const rows = mailings.filter(during(scope.bucket.days))
  return ratio(
    own.filter(({ opened, clicked }) => (done === 'opens' ? opened : clicked)).length + sum(rows.map(row => row[done])),
    own.length + sum(rows.map(({ delivered }) => delivered)),
  )
}

const emailRate =
  (done: 'opens' | 'clicks'): Metric =>
  scope =>
    shareOfEmails(scope, emailsOf(scope.world, scope.period), scope.world.imports.email, done)

/** The share of opened or of clicked emails, by campaign. */
export const emailRatesByCampaign = (scope: Scope, done: 'opens' | 'clicks'): Map<string, Truth> => {
  const emails = Map.groupBy(emailsOf(scope.world, scope.period), ({ delivered }) =>
    campaignOf(delivered.event.properties?.campaign),
  )
  const mailings = Map.groupBy(scope.world.imports.email, ({ campaign }) => campaignOf(campaign))
  return new Map(
    [...new Set([...emails.keys(), ...mailings.keys()])].map(campaign => [
      campaign,
      shareOfEmails(scope, emails.get(campaign) ?? [], mailings.get(campaign) ?? [], done),
    ]),
  )
}

const socialEngagement: Metric = ({ world, bucket }) => {
  const posts = world.imports.social.filter(during(bucket.days))
  return ratio(sum(posts.map(({ engagements }) => engagements)), sum(posts.map(({ impressions }) => impressions)))
}

const marketShare: Metric = ({ world, period, bucket, parameters }) => {
  const rows = world.imports.market.filter(during(period))
  if (parameters.measure === 'units') {
    const own = rows.filter(during(bucket.days))
    return ratio(sum(own.map(row => row.own_units)), sum(own.map(row => row.market_units)))
  }
  const currency = currencyOf(rows, world.site.currency)
  if (currency === undefined) return NEEDS_INPUT
  const units = minorUnits(currency)
  const own = rows.filter(during(bucket.days)).filter(row => row.currency === currency)
  const total = (amounts: readonly number[]) => sum(amounts.map(amount => Math.round(amount * units))) / units
  return ratio(total(own.map(row => row.own_revenue)), total(own.map(row => row.market_revenue)))
}

const aiFetches: Metric = ({ world, bucket }) => {
  const rows = world.imports.ai_fetches.filter(during(bucket.days))
  return rows.length === 0 ? NEEDS_INPUT : { value: sum(rows.map(({ fetches }) => fetches)) }
}

/** The fetches of the bucket by page or by crawler. */
export const fetchesBy = ({ world, bucket }: Scope, by: 'page' | 'crawler'): Map<string, Truth> => {
  const rows = Map.groupBy(world.imports.ai_fetches.filter(during(bucket.days)), row => row[by] || NOT_SET)
  return new Map(
    [...rows].map(([group, ofGroup]) => {
      const value = sum(ofGroup.map(({ fetches }) => fetches))
      return [group, { value, numerator: value }]
    }),
  )
}

const servedPages: Metric = ({ world, bucket }) => {
  const rows = world.imports.served_pages.filter(during(bucket.days))
  return rows.length === 0 ? NEEDS_INPUT : { value: sum(rows.map(({ pages }) => pages)) }
}

export const ACQUISITION = {
  cost_per_lead: costPer(COUNTS.leads),
  cac: costPer(COUNTS.new_customers),
  romi,
  email_open_rate: emailRate('opens'),
  email_click_rate: emailRate('clicks'),
  social_engagement_rate: socialEngagement,
  market_share: marketShare,
  ai_fetches: aiFetches,
  served_pages: servedPages,
} as const satisfies Record<string, Metric>

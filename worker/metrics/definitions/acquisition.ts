import { toMajor } from '../../lib/money'
import { ATTRIBUTED_ORDERS } from '../../relations/attributedOrders'
import { NEW_CUSTOMERS } from '../../relations/customers'
import { EMAILS } from '../../relations/emails'
import { EVENTS } from '../../relations/facts'
import { costs, market, SOCIAL } from '../../relations/imports'
import type { MoneySource } from '../../relations/terms'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { lacking, noData } from '../kinds/noData'
import { share } from '../kinds/share'
import type { Reading, ReadingContext, Sums, SumsMeasure } from '../metric'
import { most } from '../people'
import { garwood } from '../statistics/garwood'

const COSTS: readonly MoneySource[] = ['costs']
const ORDERS_AND_COSTS: readonly MoneySource[] = ['orders', 'costs']
const SEND_COSTS = 'costs to /api/v1/imports/costs'

const spend = (sources: readonly MoneySource[]): SumsMeasure => ({
  form: 'sums',
  relation: costs(sources),
  sums: { spend: 'sum(amount)', rows: 'count(*)' },
})

/** Spend per lead or customer, whose number is a Poisson count. */
const costOfEach = (sums: Sums, { currency }: ReadingContext, what: string): Reading => {
  const [amount, each] = [toMajor(get(sums, 'spend'), currency), get(sums, 'each')]
  if (get(sums, 'rows') === 0) return lacking('costs', SEND_COSTS)
  if (each === 0) return { ...noData(0, what), numerator: amount }
  const [low, high] = garwood(each)
  return {
    value: amount / each,
    numerator: amount,
    denominator: each,
    interval: [amount / high, amount / low],
    variance: (amount / each) ** 2 / each,
    status: 'ok',
    pending: 0,
    currency,
  }
}

const returnOnSpend = (sums: Sums, { currency }: ReadingContext): Reading => {
  const [revenue, amount] = [toMajor(get(sums, 'revenue'), currency), toMajor(get(sums, 'spend'), currency)]
  if (get(sums, 'rows') === 0) return lacking('costs', SEND_COSTS)
  if (amount === 0) return noData(0, 'costs above 0')
  return {
    value: (revenue - amount) / amount,
    numerator: revenue - amount,
    denominator: amount,
    interval: null,
    status: 'ok',
    pending: 0,
    currency,
  }
}

/** A quotient of imported totals, which has no interval. */
const quotient = (
  sums: Sums,
  what: string,
  send: string,
  scale: (amount: number) => number = amount => amount,
): Reading => {
  const [part, whole] = [scale(get(sums, 'part')), scale(get(sums, 'whole'))]
  if (get(sums, 'rows') === 0) return lacking(what, send)
  if (whole === 0) return noData(0, `${what} above 0`)
  return { value: part / whole, numerator: part, denominator: whole, interval: null, status: 'ok', pending: 0 }
}

const emailShare = (column: 'opened' | 'clicked'): SumsMeasure => ({
  form: 'sums',
  relation: EMAILS,
  sums: { numerator: `sum(${column})`, denominator: 'sum(delivered)' },
})

/** The unit of sales in words, by measure. */
const SOLD_IN: Readonly<Record<string, string>> = { revenue: 'money', units: 'units' }

const SEND_EMAILS = 'email_delivered, email_open and email_click to /api/v1/events, or totals to /api/v1/imports/email'

/** The cost of marketing and its effect. */
export const ACQUISITION = [
  formula({
    id: 'cost_per_lead',
    name: 'Cost per lead',
    help: 'Money spent per person who left contact details.',
    numerator: 'spend',
    denominator: 'leads',
    glossary: ['lead', 'spend'],
    events: ['generate_lead'],
    imports: ['costs'],
    unit: 'currency',
    better: 'down',
    needs: ['imports'],
    send: SEND_COSTS,
    money: COSTS,
    daily: true,
    breakdown: 'spend',
    intervalBy: 'garwood',
    change: 'fraction',
    of: terms => [
      spend(COSTS),
      {
        form: 'sums',
        name: 'leads',
        relation: EVENTS,
        perPerson: { lead: most(terms.factMeets({ event: 'generate_lead' })) },
        sums: { each: ['lead'] },
      },
    ],
    compute: (sums, context) => costOfEach(sums, context, 'leads'),
  }),
  formula({
    id: 'cac',
    name: 'Customer acquisition cost',
    help: 'Sales and marketing spend per new customer.',
    numerator: 'sales and marketing spend',
    denominator: 'new customers',
    glossary: ['customer', 'spend'],
    events: ['purchase', 'subscription_start'],
    imports: ['costs'],
    unit: 'currency',
    better: 'down',
    needs: ['imports', 'server_events'],
    send: SEND_COSTS,
    money: COSTS,
    daily: true,
    breakdown: 'spend',
    intervalBy: 'garwood',
    change: 'fraction',
    of: () => [
      spend(COSTS),
      {
        form: 'sums',
        relation: NEW_CUSTOMERS,
        sums: { each: 'sum(person < 0)', lasting: 'sum(person < 0)', others: 'sum(person > 0)' },
      },
    ],
    compute: (sums, context) => costOfEach(sums, context, 'new customers'),
  }),
  formula({
    id: 'romi',
    name: 'ROMI (return on marketing investment)',
    help: 'Return on marketing spend: (attributed revenue − spend) ÷ spend.',
    formula: '(attributed revenue − spend) / spend',
    numerator: 'attributed revenue − spend',
    denominator: 'spend',
    glossary: ['revenue', 'spend'],
    events: ['purchase'],
    imports: ['costs'],
    unit: 'ratio',
    better: 'up',
    needs: ['imports', 'server_events'],
    send: SEND_COSTS,
    money: ORDERS_AND_COSTS,
    daily: true,
    breakdown: 'spend',
    intervalBy: 'none',
    change: 'difference',
    of: () => [
      spend(ORDERS_AND_COSTS),
      { form: 'sums', relation: ATTRIBUTED_ORDERS, sums: { revenue: 'sum(amount)' } },
    ],
    compute: returnOnSpend,
  }),
  share({
    id: 'email_open_rate',
    name: 'Email open rate',
    help: 'The share of delivered emails that were opened, counting each person and email once.',
    numerator: 'delivered emails that were opened',
    denominator: 'delivered emails',
    glossary: ['delivered'],
    events: ['email_delivered', 'email_open'],
    imports: ['email'],
    unit: 'ratio',
    better: 'up',
    needs: ['imports'],
    send: SEND_EMAILS,
    daily: true,
    breakdown: 'email',
    of: () => emailShare('opened'),
    whole: 'delivered emails',
  }),
  share({
    id: 'email_click_rate',
    name: 'Email click-through rate',
    help: 'The share of delivered emails in which a link was clicked, counting each person and email once.',
    numerator: 'delivered emails with a clicked link',
    denominator: 'delivered emails',
    glossary: ['delivered'],
    events: ['email_delivered', 'email_click'],
    imports: ['email'],
    unit: 'ratio',
    better: 'up',
    needs: ['imports'],
    send: SEND_EMAILS,
    daily: true,
    breakdown: 'email',
    of: () => emailShare('clicked'),
    whole: 'delivered emails',
  }),
  formula({
    id: 'social_engagement_rate',
    name: 'Social engagement',
    help: 'Likes, comments, shares, saves and clicks per time a post was shown.',
    numerator: 'engagements',
    denominator: 'impressions',
    events: [],
    imports: ['social'],
    unit: 'ratio',
    better: 'up',
    needs: ['imports'],
    send: 'totals to /api/v1/imports/social',
    daily: true,
    breakdown: 'social',
    intervalBy: 'none',
    change: 'difference',
    of: () => [
      {
        form: 'sums',
        relation: SOCIAL,
        sums: { part: 'sum(engagements)', whole: 'sum(impressions)', rows: 'count(*)' },
      },
    ],
    compute: sums => quotient(sums, 'impressions', 'totals to /api/v1/imports/social'),
  }),
  formula({
    id: 'market_share',
    name: 'Market share',
    help: 'Own sales as a share of all sales in the market.',
    numerator: ({ measure }) => `own sales in ${SOLD_IN[String(measure)]}`,
    denominator: ({ measure }) => `market sales in ${SOLD_IN[String(measure)]}`,
    events: [],
    imports: ['market'],
    unit: 'ratio',
    better: 'up',
    needs: ['imports'],
    send: 'totals to /api/v1/imports/market',
    money: ['market'],
    parameters: [
      {
        name: 'measure',
        help: 'Counts sales by revenue or by units.',
        values: ['revenue', 'units'],
        default: 'revenue',
      },
    ],
    daily: true,
    breakdown: 'none',
    intervalBy: 'none',
    change: 'difference',
    of: (_terms, { measure }) => [
      {
        form: 'sums',
        relation: market(measure === 'units' ? 'units' : 'revenue'),
        sums: { part: 'sum(own)', whole: 'sum(whole)', rows: 'count(*)' },
      },
    ],
    compute: (sums, { currency }, { measure }) =>
      quotient(sums, 'market sales', 'totals to /api/v1/imports/market', amount =>
        measure === 'units' ? amount : toMajor(amount, currency),
      ),
  }),
] as const

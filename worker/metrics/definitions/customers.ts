import { toMajor } from '../../lib/money'
import { ACTIVITY_AND_MONEY, moneyToDate } from '../../relations/activityAndMoney'
import { customers, customersAtBothEnds, customersOfWindow, NEW_CUSTOMERS, recurring } from '../../relations/customers'
import type { MoneySource } from '../../relations/terms'
import { count } from '../kinds/count'
import type { Identified, Undivided } from '../kinds/described'
import { formula } from '../kinds/formula'
import { mean } from '../kinds/mean'
import { money } from '../kinds/money'
import { share } from '../kinds/share'
import type { Arguments, Metric, Parameter, SumsMeasure } from '../metric'
import { plural } from '../plural'
import { lifetimeValue } from './lifetimeValue'

/** Customers are followed over days, which needs a persistent id. */
const NEEDS = ['lasting_id', 'user_id', 'server_events'] as const
const SEND = 'purchase, or subscription_start and subscription_cancel, with a user_id'

const PAYING_EVENTS = ['purchase', 'subscription_start', 'subscription_cancel'] as const

const LAPSE = 365

const lapse: Parameter = {
  name: 'lapse',
  help: 'The number of days after a purchase for which a buyer without a subscription stays a customer.',
  from: 1,
  to: 3650,
  default: LAPSE,
}

const customersAtStart = ({ lapse }: Arguments): string =>
  `customers at the start, with a subscription or a purchase in the ${plural(lapse, 'day')} before`

/** Customers at the start, and how many of them are customers at the end, or lost. */
const customersKept = (days: unknown, isLost: boolean): SumsMeasure => ({
  form: 'sums',
  relation: customersAtBothEnds(Number(days)),
  perPerson: { before: 'max(side = 0)', after: 'max(side = 1)' },
  sums: {
    numerator: of => `sum(person < 0 and ${of('before')} and ${isLost ? 'not ' : ''}${of('after')})`,
    denominator: of => `sum(person < 0 and ${of('before')})`,
    lasting: of => `sum(person < 0 and ${of('before')})`,
    others: of => `sum(person > 0 and ${of('before')})`,
  },
})

/** Spending of people with a persistent id, over those that are counted. */
const spentBy = (relation: SumsMeasure['relation'], counted: string): SumsMeasure => ({
  form: 'sums',
  relation,
  perPerson: { spent: 'sum(amount)', counted: `max(${counted})` },
  sums: {
    n: of => `sum(person < 0 and ${of('counted')})`,
    x: of => `sum(case when person < 0 then ${of('spent')} end)`,
    xx: of => `sum(case when person < 0 then 1.0 * ${of('spent')} * ${of('spent')} end)`,
    lasting: of => `sum(person < 0 and ${of('counted')})`,
    others: of => `sum(person > 0 and ${of('counted')})`,
  },
})

/** Spending of a window's customers, how long each was a customer in it, and how many were lost. */
const inWindow = (days: unknown): SumsMeasure => ({
  form: 'sums',
  relation: customersOfWindow(Number(days), LAPSE, TO_DATE),
  perPerson: { spent: 'sum(amount)', bought: 'sum(bought)', lived: 'max(lived)', stays: 'max(stays)' },
  sums: {
    n: 'sum(person < 0)',
    x: of => `sum(case when person < 0 then ${of('spent')} end)`,
    xx: of => `sum(case when person < 0 then 1.0 * ${of('spent')} * ${of('spent')} end)`,
    bought: of => `sum(case when person < 0 then ${of('bought')} end)`,
    lived: of => `sum(case when person < 0 then ${of('lived')} end)`,
    lost: of => `sum(person < 0 and not ${of('stays')})`,
    lasting: 'sum(person < 0)',
    others: 'sum(person > 0)',
  },
})

const SUBSCRIPTIONS: readonly MoneySource[] = ['subscriptions']
const TO_DATE: readonly MoneySource[] = ['orders_to_date']

const recurringMoney = <Id extends string>(
  described: Pick<Undivided, 'name' | 'help' | 'numerator'> & Identified<Id> & Pick<Partial<Metric>, 'printed'>,
  months: number,
): Metric<Id> =>
  money({
    ...described,
    unit: 'currency',
    better: 'up',
    needs: ['server_events'],
    events: ['subscription_start', 'subscription_change', 'subscription_cancel'],
    send: 'subscription_start with price and interval, subscription_change and subscription_cancel',
    money: SUBSCRIPTIONS,
    daily: true,
    breakdown: 'none',
    of: () => ({
      form: 'sums',
      relation: recurring(SUBSCRIPTIONS),
      sums: { amount: `sum(monthly) * ${months}` },
    }),
  })

/** Customers: how many there are, how long they stay and their value. */
export const CUSTOMERS = [
  count({
    id: 'customers',
    name: 'Customers',
    help: "Visitors who have bought or subscribed by the period's end and are not lost.",
    numerator: ({ lapse }) =>
      `people with a subscription that is not in trial, or with a purchase in the last ${plural(lapse, 'day')}, at the period's end`,
    events: PAYING_EVENTS,
    unit: 'count',
    better: 'up',
    needs: NEEDS,
    send: SEND,
    parameters: [lapse],
    daily: true,
    breakdown: 'none',
    of: (_terms, args) => ({
      form: 'sums',
      relation: customers(Number(args.lapse)),
      sums: { count: 'sum(person < 0)', lasting: 'sum(person < 0)', others: 'sum(person > 0)' },
    }),
  }),
  count({
    id: 'new_customers',
    name: 'New customers',
    help: 'Visitors whose first purchase or subscription is in the period.',
    numerator: 'people with their first purchase or subscription in the period',
    events: PAYING_EVENTS,
    unit: 'count',
    better: 'up',
    needs: NEEDS,
    send: SEND,
    breakdown: 'start',
    of: () => ({
      form: 'sums',
      relation: NEW_CUSTOMERS,
      sums: { count: 'sum(person < 0)', lasting: 'sum(person < 0)', others: 'sum(person > 0)' },
    }),
  }),
  share({
    id: 'customer_retention_rate',
    name: 'Customer retention',
    help: 'The share of customers at the start of the period who are still customers at its end.',
    numerator: 'customers at the start still customers at the end',
    denominator: customersAtStart,
    glossary: ['customer'],
    events: PAYING_EVENTS,
    printed: {
      formula: '(EN) / S',
      reason:
        'A minus sign is missing: (E − N) / S is meant. With S = 100 customers at the start, N = 50 new customers and E = 130 at the end it is 80 %. Even that is right only if nobody both came and left in the period. Footfall counts the customers who stayed.',
    },
    unit: 'ratio',
    better: 'up',
    needs: NEEDS,
    send: SEND,
    parameters: [lapse],
    daily: true,
    breakdown: 'none',
    of: (_terms, args) => customersKept(args.lapse, false),
    whole: 'customers at the start',
  }),
  share({
    id: 'churn_rate',
    name: 'Customer churn rate',
    help: 'The share of customers at the start of the period who are lost by its end.',
    numerator: 'customers at the start who are lost at the end',
    denominator: customersAtStart,
    glossary: ['customer'],
    events: PAYING_EVENTS,
    unit: 'ratio',
    better: 'down',
    needs: NEEDS,
    send: SEND,
    parameters: [lapse],
    daily: true,
    breakdown: 'none',
    of: (_terms, args) => customersKept(args.lapse, true),
    whole: 'customers at the start',
  }),
  recurringMoney(
    {
      id: 'mrr',
      name: 'Monthly recurring revenue',
      help: "Total monthly price of active subscriptions at the period's end, tax excluded; trials and paused subscriptions count as 0.",
      numerator: "Σ monthly price of the subscriptions paid for at the period's end",
      printed: {
        formula: 'paying customers × ARPU',
        reason: 'An ARPU that divides by non-payers makes the product too small. Footfall adds the prices instead.',
      },
    },
    1,
  ),
  recurringMoney(
    {
      id: 'arr',
      name: 'Annual recurring revenue',
      help: "Twelve times the monthly recurring revenue at the period's end.",
      numerator: '12 × mrr',
    },
    12,
  ),
  mean({
    id: 'arpu',
    name: 'Revenue per user',
    help: 'Revenue of the period per active user, or per paying user.',
    numerator: 'revenue',
    denominator: ({ of }) => (of === 'paying' ? 'people with an order' : 'active users'),
    glossary: ({ of }) => ['revenue', of === 'paying' ? 'order' : 'active'],
    events: ['purchase'],
    unit: 'currency',
    better: 'up',
    needs: ['lasting_id', 'server_events'],
    money: ['orders'],
    parameters: [
      {
        name: 'of',
        help: 'Whether to divide revenue by all active visitors, or by visitors with an order in the period.',
        values: ['active', 'paying'],
        default: 'active',
      },
    ],
    breakdown: 'session',
    of: (_terms, args: Arguments) => spentBy(ACTIVITY_AND_MONEY, args.of === 'paying' ? 'bought' : 'active'),
    whole: 'users',
    // Refunds of earlier orders can be more than what was bought.
    signed: true,
    scale: (amount, { currency }) => toMajor(amount, currency),
  }),
  formula({
    id: 'clv',
    name: 'Customer lifetime value',
    help: 'Expected revenue from a customer over their whole lifetime, or revenue per customer to date.',
    formula: ({ method }) =>
      method === 'historical'
        ? null
        : 'average order value × orders per customer-year × customer lifetime in years (1 / yearly churn), all within the window',
    numerator: ({ method, window }) =>
      method === 'historical' ? 'revenue to date' : `gross revenue of ${window} days × lifetime in years`,
    denominator: ({ method, window }) =>
      method === 'historical' ? 'people with an order to date' : `customer-years in ${window} days`,
    glossary: ({ method }) => (method === 'historical' ? ['revenue', 'order'] : ['gross revenue', 'customer']),
    events: PAYING_EVENTS,
    unit: 'currency',
    better: 'up',
    needs: NEEDS,
    send: SEND,
    money: TO_DATE,
    parameters: [
      {
        name: 'method',
        help: 'Whether to predict the lifetime value, or to return the revenue up to the end of the period.',
        values: ['predictive', 'historical'],
        default: 'predictive',
      },
      {
        name: 'window',
        help: 'With method=predictive: the number of days, up to the end of the period, in which orders and lost customers are counted. The length of the period does not matter.',
        from: 1,
        to: 3650,
        default: 365,
      },
    ],
    daily: true,
    breakdown: 'none',
    intervalBy: 'student',
    change: 'fraction',
    of: (_terms, { method, window }) => [
      method === 'historical' ? spentBy(moneyToDate(TO_DATE), 'bought') : inWindow(window),
    ],
    compute: lifetimeValue,
  }),
] as const

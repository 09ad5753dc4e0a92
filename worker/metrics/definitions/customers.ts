import { toMajor } from '../../lib/money'
import { customers, customersAtBothEnds, customersOfWindow, NEW_CUSTOMERS, recurring } from '../../relations/customers'
import { ACTIVITY_AND_MONEY, moneyToDate } from '../../relations/spending'
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

/** Whose money it is and how long they stay is known of those alone who can be told from others for longer than a day. */
const NEEDS = ['lasting_id', 'user_id', 'server_events'] as const
const SEND = 'purchase, or subscription_start and subscription_cancel, with a user_id'

const PAYING_EVENTS = ['purchase', 'subscription_start', 'subscription_cancel'] as const

const LAPSE = 365

const lapse: Parameter = {
  name: 'lapse',
  help: 'For how many days a purchase makes a customer of somebody who has no subscription.',
  from: 1,
  to: 3650,
  default: LAPSE,
}

const customersAtStart = ({ lapse }: Arguments): string =>
  `customers at the start, by a subscription or a purchase of the ${plural(lapse, 'day')} before`

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

/** What each lasting person spent, over the people that are counted. */
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

/** What the customers of a window spent in it, how long each was there, and how many were lost. */
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

/** Who buys, who stays, and what they are worth. */
export const CUSTOMERS = [
  count({
    id: 'customers',
    name: 'Customers',
    help: "Those who have bought or subscribed by the period's end and are not lost.",
    numerator: ({ lapse }) =>
      `people with a subscription that is not in trial, or a purchase of the last ${plural(lapse, 'day')}, at the period's end`,
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
    help: 'Those whose first purchase or subscription ever lies in the period.',
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
    help: 'The share of customers at the start of the period who are customers at its end.',
    numerator: 'customers at the start still customers at the end',
    denominator: customersAtStart,
    events: PAYING_EVENTS,
    printed: {
      formula: '(EN) / S',
      reason:
        'A minus was lost: (E − N) / S is meant, which with S = 100 customers at the start, N = 50 new ones and E = 130 at the end is 80 %. It is right only when nobody who came in the period left in it; those of the start who stayed are counted here one by one.',
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
    name: 'Churn',
    help: 'The share of customers at the start of the period who are lost by its end.',
    numerator: 'customers at the start who are lost at the end',
    denominator: customersAtStart,
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
      help: "What active subscriptions bring a month at the period's end, tax excluded; trials and paused ones bring nothing.",
      numerator: "Σ price per month of the subscriptions paid for at the period's end",
      printed: {
        formula: 'paying customers × ARPU',
        reason: 'An ARPU that divides by people who do not pay makes the product too small; prices are added instead.',
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
    help: 'Revenue of the period by active user, or by paying user.',
    numerator: 'revenue',
    denominator: ({ of }) => (of === 'paying' ? 'people with an order' : 'active users'),
    events: ['purchase'],
    unit: 'currency',
    better: 'up',
    needs: ['lasting_id', 'server_events'],
    money: ['orders'],
    parameters: [
      {
        name: 'of',
        help: 'Whom revenue is divided by: everybody active in the period, or those with an order in it.',
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
    help: 'What a customer brings in all, by how much they buy a year and how long they stay; or what one has brought up to now.',
    formula: ({ method }) =>
      method === 'historical'
        ? null
        : 'average order value × orders per customer-year × customer lifetime in years, which is 1 / yearly churn, all over the window',
    numerator: ({ method, window }) =>
      method === 'historical' ? 'revenue to date' : `gross revenue of ${window} days × lifetime in years`,
    denominator: ({ method, window }) =>
      method === 'historical' ? 'people with an order to date' : `customer-years in ${window} days`,
    events: PAYING_EVENTS,
    unit: 'currency',
    better: 'up',
    needs: NEEDS,
    send: SEND,
    money: TO_DATE,
    parameters: [
      {
        name: 'method',
        help: 'What is to be expected, or what there has been up to the end of the period.',
        values: ['predictive', 'historical'],
        default: 'predictive',
      },
      {
        name: 'window',
        help: 'For what is to be expected: over how many days, up to the end of the period, orders and lost customers are counted. The length of the period changes nothing.',
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

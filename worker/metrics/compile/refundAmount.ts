import type { Builder } from './builder'

/** What a transaction's order says: the earliest of its purchases `p`. See the view orders. */
const ofOrder = (b: Builder, transaction: string, expression: string): string => `(
    select ${expression} from purchases p
    where p.site = ${b.bind(b.scope.site)} and p.transaction_id = ${transaction}
    order by p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )`

/** The part of an order that items are: by its prices and quantities, by quantities where it has no prices; all when it has no items. */
const partOf = (items: string): string => {
  const weight = (alias: string, quantity: string): string =>
    `coalesce(${alias}.value->>'price', 1) * (${quantity}.value->>'quantity')`
  const back = `coalesce((
      select sum((
        select ${weight('sold', 'back')} from json_each(p.amounts->>5) sold
        where sold.value->>'item_id' is back.value->>'item_id' limit 1
      )) from json_each(${items}) back
    ), 0)`
  const sold = `nullif((select sum(${weight('sold', 'sold')}) from json_each(p.amounts->>5) sold), 0)`
  return `coalesce(min(1.0, ${back} * 1.0 / ${sold}), 1.0)`
}

/**
 * What a refund gives back, minor units: its value; without one what its items were sold for, as a part of the
 * value of the order; without items the whole order.
 */
export const refundAmount = (b: Builder, refund: string): string =>
  `coalesce(${refund}.value, ${ofOrder(
    b,
    `${refund}.transaction_id`,
    `case when ${refund}.items is null then p.amounts->>2
    else cast(round((p.amounts->>2) * ${partOf(`${refund}.items`)}) as integer) end`,
  )})`

/** The currency of a refund: its own, else that of its order. */
export const refundCurrency = (b: Builder, refund: string): string =>
  `coalesce(${refund}.currency, ${ofOrder(b, `${refund}.transaction_id`, 'p.amounts->>1')})`

-- Currencies of the money that a query is about, the number of amounts in each, and where they come from. ?9: the sources
-- to read, as the keys of a JSON object; a condition on it alone is tested before any row is read. Events 4 and 5 are
-- add_to_cart and remove_from_cart, 10 and 11 purchase and refund, 17 and 18 subscription_start and subscription_change;
-- the list of nine is that of the index. A refund without a value is in the currency of its order, whenever that was;
-- subscriptions are read as of the end of the span. ?8: whether only what a write key sent counts.
select source, currency, count(*) as count
from (
  select 'orders' as source, coalesce(e.currency, (
    select p.amounts->>1 from purchases p
    where p.site = e.site and p.transaction_id = e.transaction_id
      and (not ?8 or p.browser = 0)
    order by p.browser, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )) as currency
  from events e indexed by events_of_customers
  where ?9 ->> 'orders'
    and e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10, 11)
    and e.hour >= ?2 and e.hour <= ?3
    and e.hour * 3600000 + e.at >= ?4 and e.hour * 3600000 + e.at < ?5
    and (not ?8 or e.unconfirmed is null)
  union all
  select 'carts', e.currency
  from events e
  where ?9 ->> 'carts'
    and e.site = ?1 and e.name in (4, 5) and e.hour >= ?2 and e.hour <= ?3
    and e.hour * 3600000 + e.at >= ?4 and e.hour * 3600000 + e.at < ?5
  union all
  select 'orders_to_date', e.currency
  from events e indexed by events_of_customers
  where ?9 ->> 'orders_to_date'
    and e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10, 11)
    and e.hour <= ?3 and e.hour * 3600000 + e.at < ?5
    and (not ?8 or e.unconfirmed is null)
  union all
  select 'subscriptions', e.currency
  from events e indexed by events_of_customers
  where ?9 ->> 'subscriptions'
    and e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (17, 18)
    and e.hour <= ?3 and e.hour * 3600000 + e.at < ?5
    and (not ?8 or e.unconfirmed is null)
  union all
  select i.kind, i.currency
  from imports i
  where i.site = ?1 and i.kind in ('costs', 'market') and ?9 ->> i.kind and i.day between ?6 and ?7
)
where currency is not null
group by source, currency
order by source, currency

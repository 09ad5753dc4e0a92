-- Currencies of the money of a span, and how many orders and refunds are in each. A refund without a
-- value is in the currency of its order, whenever that was.
select currency, count(*) as count
from (
  select coalesce(e.currency, (
    select p.amounts->>1 from purchases p
    where p.site = e.site and p.transaction_id = e.transaction_id
    order by p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )) as currency
  from events e
  where e.site = ?1 and e.hour >= ?2 and e.hour <= ?3
    and e.hour * 3600000 + e.at >= ?4 and e.hour * 3600000 + e.at < ?5
    and e.name in (select value from json_each(?6))
)
where currency is not null
group by currency
order by currency

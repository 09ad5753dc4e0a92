-- The order of each of these transactions that a write key sent: see the view orders.
select
  p.transaction_id, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor,
  p.amounts->>1 as currency, p.amounts->>2 as value, p.amounts->>3 as tax, p.amounts->>4 as shipping,
  p.amounts->>5 as items
from json_each(?2) j
cross join purchases p on p.site = ?1 and p.transaction_id = j.value
  and (p.time, p.sent_id, p.sent_visitor, p.id, p.visitor) = (
    select q.time, q.sent_id, q.sent_visitor, q.id, q.visitor
    from purchases q
    where q.site = ?1 and q.transaction_id = j.value and q.browser = 0
    order by q.time, q.sent_id, q.sent_visitor, q.id, q.visitor limit 1
  )
  -- One whose facts were removed says nothing any more.
  and p.amounts != '[]'

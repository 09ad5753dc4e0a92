-- Makes the hours stale of the orders of these transactions, and of those that an earlier event with the same
-- id takes a purchase from, with half an hour to both sides, where their neighbours are.
insert into dirty (site, visitor, hour, changes)
select distinct o.site, o.visitor, (o.time + side.value) / 3600000, 1
from orders o
cross join json_each('[-1800000,1800000]') side
where o.site = ?1
  and o.transaction_id in (
    select value from json_each(?2)
    union
    select k.transaction_id
    from json_each(?3) j
    cross join event_ids k on k.site = ?1 and k.key = j.value->>0
    where k.transaction_id is not null
      and (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
  )
  and o.time < (select closing from settlements where site = ?1)
on conflict do update set changes = changes + 1

-- Of these transactions, and of those an earlier event with the same id takes a purchase from.
insert into events (
  site, hour, visitor, id, at, name, active, page, source, place, device, previous,
  currency, value, tax, shipping, transaction_id, items, properties, unconfirmed
)
select
  o.site, o.time / 3600000, o.visitor, o.id, o.time % 3600000, ?4, o.amounts->>0,
  o.context->>0, o.context->>1, o.context->>2, o.context->>3, o.context->>4,
  o.amounts->>1, o.amounts->>2, o.amounts->>3, o.amounts->>4, o.transaction_id, o.amounts->>5, o.amounts->>6, o.unconfirmed
from orders o
where o.site = ?1 and o.transaction_id in (
    select value from json_each(?2)
    union
    select k.transaction_id
    from json_each(?3) j
    cross join event_ids k on k.site = ?1 and k.key = j.value->>0
    where k.transaction_id is not null
      and (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
  )
on conflict do nothing

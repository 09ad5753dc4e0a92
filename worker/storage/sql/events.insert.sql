-- An event that a browser sends again, its answer lost, is the same where its address changed on the way.
insert into events (
  site, hour, visitor, id, at, name, active, page, source, place, device, previous,
  currency, value, tax, shipping, transaction_id, items, properties, unconfirmed
)
select
  ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
  value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16, value->>17, value->>18
from json_each(?2) j
where (value->>19 is null or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = value->>19
      and (k.time, k.sent_visitor, k.id) < (value->>0 * 3600000 + value->>3, value->>20, value->>2)
  ))
  and not (coalesce(value->>21, 0) and exists (
    select 1 from events e
    where e.site = ?1 and e.hour = j.value->>0 and e.id = j.value->>2 and e.at = j.value->>3 and e.name = j.value->>4
  ))
on conflict do nothing

insert into purchases (
  site, transaction_id, time, sent_id, sent_visitor, id, visitor, browser, context, amounts
)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
from json_each(?2)
where value->>9 is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = value->>9
      and (k.time, k.sent_visitor, k.id) < (value->>1, value->>3, value->>4)
  )
on conflict do nothing

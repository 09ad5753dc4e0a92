-- Of events with one id the earliest is the event, then the one whose sender named the smallest visitor.
insert into event_ids (site, key, time, sent_visitor, visitor, id, transaction_id)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5
from json_each(?2)
where true
on conflict do update set
  time = excluded.time,
  sent_visitor = excluded.sent_visitor,
  visitor = excluded.visitor,
  id = excluded.id,
  transaction_id = excluded.transaction_id
where (excluded.time, excluded.sent_visitor, excluded.id) < (time, sent_visitor, id)

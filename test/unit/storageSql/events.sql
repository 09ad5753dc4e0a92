-- VIEWS_INSERT
insert into views (site, hour, visitor, id, at, page, source, place, device, previous, seen, depth, clicks, lcp, inp, cls)
select ?1, value->>0, coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = value->>0 and v.visitor = value->>1 and v.id = value->>2),
    (select v.visitor from views v where value->>15 and v.site = ?1 and v.hour = value->>0 and v.id = value->>2 limit 1),
    value->>1
  ), value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, coalesce(value->>10, -1), coalesce(value->>11, -1), coalesce(value->>12, -1), coalesce(value->>13, -1), coalesce(value->>14, -1)
from (select value from json_each(?2) limit -1)
where value->>16 is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = value->>16
      and ((k.time, k.sent_visitor, k.id) < (value->>0 * 3600000 + value->>3, value->>17, value->>2)
        or ((k.time, k.sent_visitor, k.id) = (value->>0 * 3600000 + value->>3, value->>17, value->>2) and k.visitor <> value->>1))
  )
on conflict (site, hour, visitor, id) do update set
  seen = max(seen, excluded.seen),
  depth = max(depth, excluded.depth),
  clicks = max(clicks, excluded.clicks),
  lcp = max(lcp, excluded.lcp),
  inp = iif(excluded.inp < 0 or excluded.seen < seen, inp, excluded.inp),
  cls = max(cls, excluded.cls)
where excluded.seen > seen or excluded.depth > depth or excluded.clicks > clicks;

-- VIEWS_INSERT_ONE
insert into views (site, hour, visitor, id, at, page, source, place, device, previous, seen, depth, clicks, lcp, inp, cls)
values (?1, ?2, coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = ?2 and v.visitor = ?3 and v.id = ?4),
    (select v.visitor from views v where ?17 and v.site = ?1 and v.hour = ?2 and v.id = ?4 limit 1),
    ?3
  ), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, coalesce(?12, -1), coalesce(?13, -1), coalesce(?14, -1), coalesce(?15, -1), coalesce(?16, -1))
on conflict (site, hour, visitor, id) do update set
  seen = max(seen, excluded.seen),
  depth = max(depth, excluded.depth),
  clicks = max(clicks, excluded.clicks),
  lcp = max(lcp, excluded.lcp),
  inp = iif(excluded.inp < 0 or excluded.seen < seen, inp, excluded.inp),
  cls = max(cls, excluded.cls)
where excluded.seen > seen or excluded.depth > depth or excluded.clicks > clicks;

-- VIEWS_INSERT_BEGUN
insert into views (site, hour, visitor, id, at, page, source, place, device, previous, seen, depth, clicks, lcp, inp, cls)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, -1, -1, -1, -1, -1)
on conflict do nothing;

-- EVENTS_INSERT
insert into events (site, hour, visitor, id, at, name, active, page, source, place, device, previous, currency, value, tax, shipping, transaction_id, items, properties, unconfirmed)
select ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7, j.value->>8, j.value->>9, j.value->>10, j.value->>11, j.value->>12, j.value->>13, j.value->>14, j.value->>15, j.value->>16, j.value->>17, j.value->>18
from (select value from json_each(?2) limit -1) j
where (j.value->>19 is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = j.value->>19
      and ((k.time, k.sent_visitor, k.id) < (j.value->>0 * 3600000 + j.value->>3, j.value->>20, j.value->>2)
        or ((k.time, k.sent_visitor, k.id) = (j.value->>0 * 3600000 + j.value->>3, j.value->>20, j.value->>2) and k.visitor <> j.value->>1))
  ))
  and not (coalesce(j.value->>21, 0) and exists (
    select 1 from events e
    where e.site = ?1 and e.hour = j.value->>0 and e.id = j.value->>2 and e.at = j.value->>3 and e.name = j.value->>4
  ))
on conflict do nothing;

-- EVENTS_INSERT_ORDERS
insert into events (site, hour, visitor, id, at, name, active, page, source, place, device, previous, currency, value, tax, shipping, transaction_id, items, properties, unconfirmed)
select o.site, o.time / 3600000, o.visitor, o.id, o.time % 3600000, ?4, o.amounts->>0, o.context->>0, o.context->>1, o.context->>2, o.context->>3, o.context->>4, o.amounts->>1, o.amounts->>2, o.amounts->>3, o.amounts->>4, o.transaction_id, o.amounts->>5, o.amounts->>6, o.unconfirmed
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
on conflict do nothing;

-- PURCHASES_INSERT
insert into purchases (site, transaction_id, time, sent_id, sent_visitor, id, visitor, browser, context, amounts)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8
from json_each(?2)
where value->>9 is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = value->>9
      and ((k.time, k.sent_visitor, k.id) < (value->>1, value->>3, value->>4)
        or ((k.time, k.sent_visitor, k.id) = (value->>1, value->>3, value->>4) and k.visitor <> value->>5))
  )
on conflict do nothing;

-- EVENT_IDS_INSERT
insert into event_ids (site, key, time, sent_visitor, visitor, id, transaction_id)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5
from (select value from json_each(?2) limit -1);

-- EVENT_IDS_UPSERT
insert into event_ids (site, key, time, sent_visitor, visitor, id, transaction_id)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5
from (select value from json_each(?2) limit -1)
where true
on conflict do update set time = excluded.time, sent_visitor = excluded.sent_visitor, visitor = excluded.visitor, id = excluded.id, transaction_id = excluded.transaction_id
where (excluded.time, excluded.sent_visitor, excluded.id) < (time, sent_visitor, id);

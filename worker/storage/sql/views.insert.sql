-- A page view's beginning and its later running totals alike. The row is found by the page's own id
-- where the visitor's address or browser changed on the way. Without the last `where` an unchanged row
-- would be written, and billed, again.
insert into views (site, hour, visitor, id, at, page, source, place, device, previous, seen, depth, clicks)
select
  ?1,
  value->>0,
  coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = value->>0 and v.visitor = value->>1 and v.id = value->>2),
    (select v.visitor from views v where value->>12 and v.site = ?1 and v.hour = value->>0 and v.id = value->>2 limit 1),
    value->>1
  ),
  value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
  coalesce(value->>10, -1), coalesce(value->>11, -1)
from json_each(?2)
where value->>13 is null
  or not exists (
    select 1 from event_ids k
    where k.site = ?1 and k.key = value->>13
      and (k.time, k.sent_visitor, k.id) < (value->>0 * 3600000 + value->>3, value->>14, value->>2)
  )
on conflict (site, hour, visitor, id) do update set
  seen = max(seen, excluded.seen),
  depth = max(depth, excluded.depth),
  clicks = max(clicks, excluded.clicks)
where excluded.seen > seen or excluded.depth > depth or excluded.clicks > clicks

-- Makes hours of visitors stale, each with the time of its event, when that time is before the watermark and
-- the statement before this one changed something. ?3: it cannot be known, since several statements came
-- before. The visitor of a page view is the one of its stored row.
insert into dirty (site, visitor, hour, changes)
select distinct
  ?1,
  coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = value->>3 and v.visitor = value->>0 and v.id = value->>4),
    (select v.visitor from views v where value->>4 is not null and v.site = ?1 and v.hour = value->>3 and v.id = value->>4 limit 1),
    value->>0
  ),
  value->>1,
  1
from json_each(?2)
where (changes() > 0 or ?3) and value->>2 < (select closing from settlements where site = ?1)
on conflict do update set changes = changes + 1

-- Under the visitor of the stored page view, which can differ from the one that was sent.
insert into reaches (site, hour, visitor, began)
select
  ?1,
  value->>1,
  coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = value->>3 and v.visitor = value->>0 and v.id = value->>4),
    (select v.visitor from views v where v.site = ?1 and v.hour = value->>3 and v.id = value->>4 limit 1),
    value->>0
  ),
  value->>3
from json_each(?2)
where true
on conflict do nothing

-- Makes hours of visitors stale whose neighbours were erased.
insert into dirty (site, visitor, hour, changes)
select distinct ?1, value->>0, value->>1, 1
from json_each(?2)
where value->>1 * 3600000 < (select closing from settlements where site = ?1)
on conflict do update set changes = changes + 1

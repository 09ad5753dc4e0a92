insert into dirty (site, visitor, hour, changes)
select distinct ?1, value->>0, value->>1, 1
from json_each(?2)
where true
on conflict do nothing

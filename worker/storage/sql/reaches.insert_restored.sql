insert into reaches (site, hour, visitor, began)
select ?1, value->>0, value->>1, value->>2
from json_each(?2)
where true
on conflict do nothing

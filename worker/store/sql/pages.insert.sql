insert into pages (site, hostname, path)
select ?1, value->>0, value->>1
from json_each(?2)
where true
on conflict do nothing

-- The hours of one stale span as two.
insert into touched (site, first_hour, last_hour, version)
select ?1, value->>0, value->>1, value->>2
from json_each(?2)
where (select version from settlements where site = ?1) = ?3
on conflict do update set version = max(version, excluded.version)

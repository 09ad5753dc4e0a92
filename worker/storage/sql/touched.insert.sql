-- Hours whose events or sessions changed after their days were rolled up, with the version of the change.
insert into touched (site, first_hour, last_hour, version)
select ?1, value->>0, value->>1, (select version from settlements where site = ?1)
from json_each(?2)
where value->>0 * 3600000 < coalesce((select until from rollups where site = ?1), 0)
on conflict do update set version = excluded.version

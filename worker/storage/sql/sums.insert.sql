-- Nothing is stored that was built from an older version of the sessions.
insert into sums (site, dimension, day, part, version, reach, cells)
select ?1, ?2, value->>0, value->>1, ?4, value->>2, value->>3
from json_each(?3)
where (select version from settlements where site = ?1) = ?4
on conflict do update set version = excluded.version, reach = excluded.reach, cells = excluded.cells

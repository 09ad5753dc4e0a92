-- Stores nothing if the rows were built from an older version of the sessions.
insert into sums (site, dimension, day, part, version, reach, cells)
select ?1, value->>0, value->>1, value->>2, ?3, value->>3, value->>4
from json_each(?2)
where (select version from settlements where site = ?1) = ?3
on conflict do update set version = excluded.version, reach = excluded.reach, cells = excluded.cells

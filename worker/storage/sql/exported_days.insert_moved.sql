insert into exported_days (site, last_hour, first_hour, day, tables, missing, changes)
select ?1, value->>0, value->>1, value->>2, ?3, value->>3, 0
from json_each(?2)
where true
on conflict do nothing

-- What stands for texts that there was no more room for.
insert into places (site, country, region, city)
select ?1, value->>0, value->>1, value->>2
from json_each(?2)
where true
on conflict do nothing

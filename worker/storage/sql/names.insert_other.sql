-- What stands for texts that there was no more room for.
insert into names (site, name)
select ?1, value->>0
from json_each(?2)
where true
on conflict do nothing

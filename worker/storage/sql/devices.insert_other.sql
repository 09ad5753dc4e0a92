-- What stands for texts that there was no more room for.
insert into devices (site, device, browser, os, language)
select ?1, value->>0, value->>1, value->>2, value->>3
from json_each(?2)
where true
on conflict do nothing

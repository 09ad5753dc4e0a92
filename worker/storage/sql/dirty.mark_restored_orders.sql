insert into dirty (site, visitor, hour, changes)
select distinct ?1, o.visitor, o.time / 3600000, 1
from orders o
where o.site = ?1 and o.transaction_id in (select value from json_each(?2))
on conflict do nothing

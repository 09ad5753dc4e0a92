insert into refusals (site, day, reason, count)
select value->>0, value->>1, value->>2, value->>3
from json_each(?1)
where true
on conflict do update set count = count + excluded.count

-- Makes hours stale in which a browser goes on after midnight under another id: [id before midnight, first hour, last hour].
insert into dirty (site, visitor, hour, changes)
select ?1, visitor, hour, 1
from (
  select v.visitor, v.hour
  from json_each(?2) j
  cross join views v on v.site = ?1 and v.hour between j.value->>1 and j.value->>2 and v.previous = j.value->>0
  union
  select e.visitor, e.hour
  from json_each(?2) j
  cross join events e on e.site = ?1 and e.hour between j.value->>1 and j.value->>2 and e.previous = j.value->>0
)
where hour * 3600000 < (select closing from settlements where site = ?1)
on conflict do update set changes = changes + 1

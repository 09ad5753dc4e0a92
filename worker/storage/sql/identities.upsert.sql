insert into identities (site, visitor, user, since)
select ?1, value->>0, value->>1, value->>2
from json_each(?2)
where true
on conflict do update set since = excluded.since
where excluded.since < since

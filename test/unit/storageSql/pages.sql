-- insertNew
insert into pages (site, hostname, path)
select distinct ?1, j.value->>0, j.value->>1
from json_each(?2) j
where not exists (select 1 from pages t where t.site = ?1 and t.hostname = j.value->>0 and t.path = j.value->>1)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'pages' and a.sender = ?3 and a.day = ?4
), 0)));

-- insertOther
insert into pages (site, hostname, path)
select distinct ?1, j.value->>0, j.value->>1
from json_each(?2) j
where j.value->>0 = '(other)' or exists (select 1 from pages t where t.site = ?1 and t.hostname = j.value->>0)
on conflict do nothing;

-- select
select j.key as position, t.id
from json_each(?2) j
cross join pages t on t.site = ?1 and t.hostname = j.value->>0 and t.path = j.value->>1;

-- insertRestored
insert into pages (site, hostname, path)
select ?1, j.value->>1, j.value->>2
from json_each(?2) j
where true
on conflict do nothing;

-- selectRestored
select j.value->>0 as old, t.id
from json_each(?2) j
cross join pages t on t.site = ?1 and t.hostname = j.value->>1 and t.path = j.value->>2;

-- selectByIds
select t.id, t.hostname, t.path
from json_each(?1) j
cross join pages t on t.id = j.value;

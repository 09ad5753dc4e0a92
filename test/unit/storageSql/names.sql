-- insertNew
insert into names (site, name)
select distinct ?1, j.value->>0
from json_each(?2) j
where not exists (select 1 from names t where t.site = ?1 and t.name = j.value->>0)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'names' and a.sender = ?3 and a.day = ?4
), 0)));

-- insertOther
insert into names (site, name)
select distinct ?1, j.value->>0
from json_each(?2) j
where true
on conflict do nothing;

-- select
select j.key as position, t.id
from json_each(?2) j
cross join names t on t.site = ?1 and t.name = j.value->>0;

-- insertRestored
insert into names (site, name)
select ?1, j.value->>1
from json_each(?2) j
where true
on conflict do nothing;

-- selectRestored
select j.value->>0 as old, t.id
from json_each(?2) j
cross join names t on t.site = ?1 and t.name = j.value->>1;

-- selectByIds
select t.id, t.name
from json_each(?1) j
cross join names t on t.id = j.value;

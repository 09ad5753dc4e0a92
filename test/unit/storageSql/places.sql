-- insertNew
insert into places (site, country, region, city)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2
from json_each(?2) j
where not exists (select 1 from places t where t.site = ?1 and t.country = j.value->>0 and t.region = j.value->>1 and t.city = j.value->>2)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'places' and a.sender = ?3 and a.day = ?4
), 0)));

-- insertOther
insert into places (site, country, region, city)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2
from json_each(?2) j
where true
on conflict do nothing;

-- select
select j.key as position, t.id
from json_each(?2) j
cross join places t on t.site = ?1 and t.country = j.value->>0 and t.region = j.value->>1 and t.city = j.value->>2;

-- insertRestored
insert into places (site, country, region, city)
select ?1, j.value->>1, j.value->>2, j.value->>3
from json_each(?2) j
where true
on conflict do nothing;

-- selectRestored
select j.value->>0 as old, t.id
from json_each(?2) j
cross join places t on t.site = ?1 and t.country = j.value->>1 and t.region = j.value->>2 and t.city = j.value->>3;

-- selectByIds
select t.id, t.country, t.region, t.city
from json_each(?1) j
cross join places t on t.id = j.value;

-- insertNew
insert into devices (site, device, browser, os, language, gpc)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4
from json_each(?2) j
where not exists (select 1 from devices t where t.site = ?1 and t.device = j.value->>0 and t.browser = j.value->>1 and t.os = j.value->>2 and t.language = j.value->>3 and t.gpc = j.value->>4)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'devices' and a.sender = ?3 and a.day = ?4
), 0)));

-- insertOther
insert into devices (site, device, browser, os, language, gpc)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4
from json_each(?2) j
where true
on conflict do nothing;

-- select
select j.key as position, t.id
from json_each(?2) j
cross join devices t on t.site = ?1 and t.device = j.value->>0 and t.browser = j.value->>1 and t.os = j.value->>2 and t.language = j.value->>3 and t.gpc = j.value->>4;

-- insertRestored
insert into devices (site, device, browser, os, language, gpc)
select ?1, j.value->>1, j.value->>2, j.value->>3, j.value->>4, j.value->>5
from json_each(?2) j
where true
on conflict do nothing;

-- selectRestored
select j.value->>0 as old, t.id
from json_each(?2) j
cross join devices t on t.site = ?1 and t.device = j.value->>1 and t.browser = j.value->>2 and t.os = j.value->>3 and t.language = j.value->>4 and t.gpc = j.value->>5;

-- selectByIds
select t.id, t.device, t.browser, t.os, t.language, t.gpc
from json_each(?1) j
cross join devices t on t.id = j.value;

-- Texts that are not there yet, as many as the site may still add, ?5 on the day ?4 from the sender ?3, and the client, ?6.
insert into devices (site, device, browser, os, language)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3
from json_each(?2) j
where not exists (select 1 from devices t where t.site = ?1 and t.device = j.value->>0 and t.browser = j.value->>1 and t.os = j.value->>2 and t.language = j.value->>3)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'devices' and a.sender = ?3 and a.day = ?4
), 0)))

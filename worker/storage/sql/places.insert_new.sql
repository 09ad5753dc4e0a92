-- Texts that are not there yet, as many as the site may still add, ?5 on the day ?4 from the sender ?3, and the client, ?6.
insert into places (site, country, region, city)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2
from json_each(?2) j
where not exists (select 1 from places t where t.site = ?1 and t.country = j.value->>0 and t.region = j.value->>1 and t.city = j.value->>2)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'places' and a.sender = ?3 and a.day = ?4
), 0)))

-- Texts that are not there yet, as many as the site may still add, ?5 on the day ?4 from the sender ?3, and the client, ?6.
insert into pages (site, hostname, path)
select distinct ?1, j.value->>0, j.value->>1
from json_each(?2) j
where not exists (select 1 from pages t where t.site = ?1 and t.hostname = j.value->>0 and t.path = j.value->>1)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'pages' and a.sender = ?3 and a.day = ?4
), 0)))

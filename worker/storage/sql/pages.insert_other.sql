-- What stands for pages that there was no more room for: of a host that has pages, else of any host.
insert into pages (site, hostname, path)
select distinct ?1, j.value->>0, j.value->>1
from json_each(?2) j
where j.value->>0 = '(other)' or exists (select 1 from pages t where t.site = ?1 and t.hostname = j.value->>0)
on conflict do nothing

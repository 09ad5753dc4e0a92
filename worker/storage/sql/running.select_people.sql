-- As running.select.sql: the list is long, and the same whatever is asked.
select day, people
from running
where site = ?1 and day between ?2 and ?3 and zone = ?4
  and version = (select version from settlements where site = ?1)

-- Kept of days that are not rolled up, and still what is stored.
select day, cells, people
from running
where site = ?1 and day between ?2 and ?3 and zone = ?4
  and version = (select version from settlements where site = ?1)

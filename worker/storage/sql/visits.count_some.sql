-- The number of sessions, ?4 at most.
select count(*) as count
from (select 1 from visits where site = ?1 and hour between ?2 and ?3 limit cast(?4 as integer))

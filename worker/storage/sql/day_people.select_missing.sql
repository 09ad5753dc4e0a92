-- Days that have been rolled up and whose people have not been stored since.
select s.day, s.version
from sums s
where s.site = ?1 and s.dimension = '' and s.day between ?2 and ?3 and s.part = 0
  and not exists (select 1 from day_people d where d.site = ?1 and d.day = s.day and d.version = s.version)
order by s.day desc

-- No row if the day has been rolled up again since.
select people, begins, ids
from day_people d
where d.site = ?1 and d.day = ?2
  and d.version = (select version from sums s where s.site = ?1 and s.dimension = '' and s.day = ?2 and s.part = 0)

-- Rollups of days whose events are deleted that may hold one of these people.
select dimension, day, part, cells
from sums
where site = ?1 and (dimension, day, part) > (?3, ?4, ?5)
  and day < (select kept_day from sites where id = ?1)
  and exists (select 1 from json_each(?2) j where instr(cells, ',' || j.value || ',[') > 0)
order by dimension, day, part
limit ?6

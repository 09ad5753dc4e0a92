-- The measures that the rollups of some days hold, and on how many of these days.
select s.dimension, k.key, count(distinct s.day) as days
from sums s
cross join json_each(s.cells, '$.sums') k
where s.site = ?1 and s.day between ?2 and ?3
group by s.dimension, k.key

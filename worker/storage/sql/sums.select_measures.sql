-- The measures that rollups of some days hold, and of how many days.
select s.dimension, k.key, count(distinct s.day) as days
from sums s
cross join json_each(s.cells, '$.sums') k
where s.site = ?1 and s.day between ?2 and ?3
group by s.dimension, k.key

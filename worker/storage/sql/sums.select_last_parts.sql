select dimension, day, max(part) as part
from sums
where site = ?1 and day between ?2 and ?3
group by dimension, day

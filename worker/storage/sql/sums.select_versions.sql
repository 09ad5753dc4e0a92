select dimension, count(*) as days, min(version) as version
from sums
where site = ?1 and day between ?2 and ?3 and part = 0
group by dimension

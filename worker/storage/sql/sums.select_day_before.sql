select max(day) as day
from sums
where site = ?1 and dimension = '' and day < ?2 and day >= (select kept_day from sites where id = ?1)

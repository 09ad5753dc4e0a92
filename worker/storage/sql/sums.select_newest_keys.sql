select key
from json_each((
  select cells from sums
  where site = ?1 and dimension = ?2 and part = 0 and day >= (select kept_day from sites where id = ?1)
  order by day desc
  limit 1
), '$.sums')

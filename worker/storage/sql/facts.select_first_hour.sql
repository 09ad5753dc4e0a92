-- The first hour that anything is stored of, null where there is nothing.
select min(hour) as hour
from (
  select min(hour) as hour from views where site = ?1
  union all
  select min(hour) as hour from events where site = ?1
)

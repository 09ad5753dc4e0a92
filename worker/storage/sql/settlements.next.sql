-- The hour of the first fact that is not settled.
select min(hour) as hour
from (
  select min(hour) as hour from views where site = ?1 and hour >= ?2
  union all
  select min(hour) as hour from events where site = ?1 and hour >= ?2
)

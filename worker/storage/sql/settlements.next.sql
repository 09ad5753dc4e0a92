-- The hour of the first event after the watermark.
select min(hour) as hour
from (
  select min(hour) as hour from views where site = ?1 and hour >= ?2
  union all
  select min(hour) as hour from events where site = ?1 and hour >= ?2
)

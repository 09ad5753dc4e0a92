-- The first hour with an event or a page view, null without any.
select min(hour) as hour
from (
  select min(hour) as hour from views where site = ?1
  union all
  select min(hour) as hour from events where site = ?1
)

-- Page views and events that began from the hour ?2 on and before ?3, counted up to ?4.
select count(*) as count
from (
  select 1 from views where site = ?1 and hour >= ?2 and hour < ?3
  union all
  select 1 from events where site = ?1 and hour >= ?2 and hour < ?3
  limit ?4
)

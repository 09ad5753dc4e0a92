-- The first hour with data before the last exported day that no exported day covers.
with gaps as (
  select last_before, first_hour
  from (
    select first_hour, lag(last_hour, 1, ?2 - 1) over (order by last_hour) as last_before
    from exported_days
    where site = ?1
  )
  where first_hour > last_before + 1
)
select min(hour) as hour
from (
  select (select min(hour) from views where site = ?1 and hour > last_before and hour < first_hour and hour >= ?2) as hour
  from gaps
  union all
  select (select min(hour) from events where site = ?1 and hour > last_before and hour < first_hour and hour >= ?2) as hour
  from gaps
)

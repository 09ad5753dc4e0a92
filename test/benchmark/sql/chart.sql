-- Visitors of each day of a site in UTC.
select begin / 86400000 as day, count(distinct visitor) as visitors
from (
  select visitor, hour * 3600000 + at as begin from views
  where site = ?1 and hour >= cast(?2 as integer) / 3600000 and hour <= cast(?3 as integer) / 3600000
  union all
  select visitor, hour * 3600000 + at from events
  where site = ?1 and hour >= cast(?2 as integer) / 3600000 and hour <= cast(?3 as integer) / 3600000 and active = 1
)
where begin >= ?2 and begin < ?3
group by day
order by day

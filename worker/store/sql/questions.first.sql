-- When the first thing that is known of a site happened, and the first day of those whose facts are gone.
select min(
  coalesce((select min(hour * 3600000 + at) from views where site = ?1 and hour = (select min(hour) from views where site = ?1)), 9e15),
  coalesce((select min(hour * 3600000 + at) from events where site = ?1 and hour = (select min(hour) from events where site = ?1)), 9e15),
  coalesce((select min(day) * 86400000 from imports where site = ?1), 9e15)
) as first,
  (select min(day) from sums where site = ?1 and dimension = '' and day < (select kept_day from sites where id = ?1)) as first_day

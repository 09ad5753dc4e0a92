-- What a question needs to know of a site before it is asked.
select
  (select version from settlements where site = ?1) as version,
  exists (select 1 from identities where site = ?1) as has_identities,
  min(
    coalesce((select min(hour * 3600000 + at) from views where site = ?1 and hour = (select min(hour) from views where site = ?1)), 9e15),
    coalesce((select min(hour * 3600000 + at) from events where site = ?1 and hour = (select min(hour) from events where site = ?1)), 9e15),
    coalesce((select min(day) * 86400000 from imports where site = ?1), 9e15)
  ) as first

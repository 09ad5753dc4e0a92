-- When the first event of a site happened, the first day of those whose events are deleted, and the first of
-- imports: of each kind by itself, as the key finds that without reading all of them.
select
  (select min(first) from (
    select min(hour * 3600000 + at) as first from views where site = ?1 and hour = (select min(hour) from views where site = ?1)
    union all
    select min(hour * 3600000 + at) from events where site = ?1 and hour = (select min(hour) from events where site = ?1)
  )) as first,
  (select min(day) from sums where site = ?1 and dimension = '' and day < (select kept_day from sites where id = ?1)) as first_day,
  (select min((select min(day) from imports where site = ?1 and kind = one.value)) from json_each(?2) as one) as first_import

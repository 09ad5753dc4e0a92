-- Of the measures alone whose keys are asked for: a busy day's pages have a hundred kilobytes of all of them. Groups
-- that are those of the row before are not said again.
select
  day,
  json_object(
    'groups', nullif(cells ->> '$.groups', lag(cells ->> '$.groups') over (order by day, part)),
    'sums', (select json_group_object(value, cells ->> ('$.sums."' || value || '"')) from json_each(?5)),
    'people', (select json_group_object(value, cells ->> ('$.people."' || value || '"')) from json_each(?5))
  ) as cells
from sums
where site = ?1 and dimension = ?2 and day between ?3 and ?4
order by day, part

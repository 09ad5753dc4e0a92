-- Only the measures whose keys are bound: all measures of a busy day's pages take a hundred kilobytes. Groups
-- that equal those of the row before are not repeated.
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

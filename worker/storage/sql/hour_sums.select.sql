-- Only the measures whose keys are bound.
select
  hour,
  json_object(
    'groups', cells ->> '$.groups',
    'sums', (select json_group_object(value, cells ->> ('$.sums."' || value || '"')) from json_each(?5)),
    'people', (select json_group_object(value, cells ->> ('$.people."' || value || '"')) from json_each(?5))
  ) as cells
from hour_sums
where site = ?1 and dimension = ?2 and hour between ?3 and ?4

-- Today's rollups that still match the stored sessions, with only the measures whose keys are bound.
select
  day,
  json_object(
    'groups', cells ->> '$.groups',
    'sums', (select json_group_object(value, cells ->> ('$.sums."' || value || '"')) from json_each(?5)),
    'people', (select json_group_object(value, cells ->> ('$.people."' || value || '"')) from json_each(?5))
  ) as cells
from running
where site = ?1 and day between ?2 and ?3 and zone = ?4
  and version = (select version from settlements where site = ?1)

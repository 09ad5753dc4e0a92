-- Today's rollups that still match the stored sessions. ?3: a JSON list of ranges that do not overlap, each
-- [dimension, first day, last day, keys of measures].
select
  r.day as day,
  (
    select json_object(
      'groups', r.cells ->> '$.groups',
      'sums', json_group_object(value, r.cells ->> ('$.sums."' || value || '"')),
      'people', json_group_object(value, r.cells ->> ('$.people."' || value || '"'))
    )
    from json_each(one.value ->> 3)
  ) as cells,
  r.people as people,
  r.ids as ids
from json_each(?3) as one
cross join running as r
where r.site = ?1 and r.zone = ?2 and r.day between one.value ->> 1 and one.value ->> 2
  and r.version = (select version from settlements where site = ?1)

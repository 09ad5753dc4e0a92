-- ?2: a JSON list of ranges that do not overlap, each [dimension, first hour, last hour, keys of measures].
select
  h.dimension as dimension,
  h.hour as hour,
  (
    select json_object(
      'groups', h.cells ->> '$.groups',
      'sums', json_group_object(value, h.cells ->> ('$.sums."' || value || '"')),
      'people', json_group_object(value, h.cells ->> ('$.people."' || value || '"'))
    )
    from json_each(one.value ->> 3)
  ) as cells
from json_each(?2) as one
cross join hour_sums as h
where h.site = ?1 and h.dimension = one.value ->> 0 and h.hour between one.value ->> 1 and one.value ->> 2

-- ?2: a JSON list of ranges that do not overlap, each [dimension, first day, last day, keys of measures]. Returns only
-- the measures whose keys are bound: all measures of a busy day's pages take 100 kB. Groups that equal those of the row
-- before are not repeated.
select
  dimension,
  day,
  (
    select json_object(
      'groups', nullif(groups, before),
      'sums', json_group_object(value, cells ->> ('$.sums."' || value || '"')),
      'people', json_group_object(value, cells ->> ('$.people."' || value || '"'))
    )
    from json_each(keys)
  ) as cells
from (
  select
    s.dimension as dimension,
    s.day as day,
    s.part as part,
    s.cells as cells,
    one.value ->> 3 as keys,
    s.cells ->> '$.groups' as groups,
    lag(s.cells ->> '$.groups') over (partition by s.dimension order by s.day, s.part) as before
  from json_each(?2) as one
  cross join sums as s
  where s.site = ?1 and s.dimension = one.value ->> 0 and s.day between one.value ->> 1 and one.value ->> 2
)
order by dimension, day, part

-- Sums are kept by measure, each a JSON text in one of all, so that the database gives out those that are asked for
-- without reading the others. Days whose facts are there are summed up anew by the cron, and told from their facts
-- until then.
delete from sums where day >= (select kept_day from sites where id = sums.site);
update rollups set until = 0, rules = '';
delete from running;
delete from hour_sums;

-- The others were {prints: [print, ...], groups: [[group, [[number, ...], ...], [[measure, person, values], ...]], ...]},
-- where a measure is its place in the prints, and 0 stood for numbers that are all 0.
update sums set cells = json_object(
  'groups', (select json_group_array(value ->> 0) || '' from json_each(cells, '$.groups')),
  'sums', (
    select json_group_object(p.value, (
      select json_group_array((
        select json_group_array(coalesce(g.value -> 1 -> p.key ->> n.key, 0)) from json_each(cells, '$.groups') g
      )) || ''
      from json_each((
        select g.value -> 1 -> p.key from json_each(cells, '$.groups') g
        order by json_array_length(g.value -> 1 -> p.key) desc
        limit 1
      )) n
    ))
    from json_each(cells, '$.prints') p
  ),
  'people', (
    select json_group_object(p.value, (
      select json_group_array(json_array(g.key, e.value ->> 1, e.value -> 2)) || ''
      from json_each(cells, '$.groups') g, json_each(g.value, '$[2]') e
      where e.value ->> 0 = p.key
    ))
    from json_each(cells, '$.prints') p
  )
);

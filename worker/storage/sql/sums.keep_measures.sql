-- Drops all measures of some dimensions but those in ?5: a JSON list of texts, each a dimension, a space and a key.
update sums set cells = json_object(
  'groups', cells ->> '$.groups',
  'sums', (
    select json_group_object(s.key, s.value)
    from json_each(cells, '$.sums') s
    where dimension || ' ' || s.key in (select value from json_each(?5))
  ),
  'people', (
    select json_group_object(p.key, p.value)
    from json_each(cells, '$.people') p
    where dimension || ' ' || p.key in (select value from json_each(?5))
  )
)
where site = ?1 and dimension in (select value from json_each(?2)) and day between ?3 and ?4
  and (select version from settlements where site = ?1) = ?6
  and exists (
    select 1
    from (select key from json_each(cells, '$.sums') union all select key from json_each(cells, '$.people')) held
    where dimension || ' ' || held.key not in (select value from json_each(?5))
  )

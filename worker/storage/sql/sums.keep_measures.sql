-- Drops the measures whose keys are not bound.
update sums set cells = json_object(
  'groups', cells ->> '$.groups',
  'sums', (
    select json_group_object(s.key, s.value)
    from json_each(cells, '$.sums') s
    where s.key in (select value from json_each(?5))
  ),
  'people', (
    select json_group_object(p.key, p.value)
    from json_each(cells, '$.people') p
    where p.key in (select value from json_each(?5))
  )
)
where site = ?1 and dimension = ?2 and day between ?3 and ?4
  and (select version from settlements where site = ?1) = ?6
  and (
    exists (select 1 from json_each(cells, '$.sums') where key not in (select value from json_each(?5)))
    or exists (select 1 from json_each(cells, '$.people') where key not in (select value from json_each(?5)))
  )

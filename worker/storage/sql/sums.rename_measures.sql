-- Days whose events are still there are rolled up again.
update sums set cells = json_object(
  'groups', cells ->> '$.groups',
  'sums', (
    select json_group_object(coalesce(?3 ->> ('$."' || s.key || '"'), s.key), s.value)
    from json_each(cells, '$.sums') s
  ),
  'people', (
    select json_group_object(coalesce(?3 ->> ('$."' || p.key || '"'), p.key), p.value)
    from json_each(cells, '$.people') p
  )
)
where site = ?1 and dimension = ?2 and day < (select kept_day from sites where id = ?1)

-- Rows that an earlier event with the same id supersedes.
delete from views
where (site, hour, visitor, id) in (
  select k.site, k.time / 3600000, k.visitor, k.id
  from json_each(?2) j
  cross join event_ids k on k.site = ?1 and k.key = j.value->>0
  where (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
)

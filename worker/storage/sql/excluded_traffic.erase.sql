-- Excluded traffic of these visitors.
delete from excluded_traffic
where site = ?1
  and exists (
    select 1 from json_each(events) e
    where e.value->>'$.fact.visitor' in (select value from json_each(?2))
      or e.value->>'$.claim.visitor' in (select value from json_each(?2))
      or e.value->>'$.claim.user' in (select value from json_each(?2))
  )

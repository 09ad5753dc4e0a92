-- Excluded traffic of these visitors, of the days from ?3 to ?4.
delete from excluded_traffic
where site = ?1 and day between ?3 and ?4
  and exists (
    select 1 from json_each(events) e
    where e.value->>'$.fact.visitor' in (select value from json_each(?2))
      or e.value->>'$.claim.visitor' in (select value from json_each(?2))
      or e.value->>'$.claim.user' in (select value from json_each(?2))
  )

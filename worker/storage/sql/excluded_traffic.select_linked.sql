-- Visitors whom excluded traffic of the days from ?3 to ?4 links to one of these.
select distinct e.value->>'$.claim.visitor' as visitor
from excluded_traffic x
cross join json_each(x.events) e
where x.site = ?1 and x.day between ?3 and ?4
  and e.value->>'$.claim.user' in (select value from json_each(?2))

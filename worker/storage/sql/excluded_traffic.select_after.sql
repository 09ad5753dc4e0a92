-- The next rows in the order of the key.
select day, id, verdicts, counted, filters, events, length(events) as size
from excluded_traffic
where site = ?1 and (day, id) > (?2, ?3)
order by day, id
limit ?4

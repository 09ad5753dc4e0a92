-- Rows whose events were added to the answers, or removed from them: [day, id, characters of the events]. A row that grew
-- meanwhile has events that were neither.
update excluded_traffic set counted = ?3
from json_each(?2) marked
where site = ?1 and day = marked.value->>0 and excluded_traffic.id = marked.value->>1 and length(events) = marked.value->>2

select visitor, hour, id, at, page, source, place, device, previous, seen, nullif(clicks, -1) as clicks
from views
where site = ?1 and hour between ?2 and ?3

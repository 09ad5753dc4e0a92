select visitor, hour, id, at, page, source, place, device, previous, seen, clicks
from views
where site = ?1 and hour between ?2 and ?3

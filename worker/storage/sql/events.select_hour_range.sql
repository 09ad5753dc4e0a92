select visitor, hour, id, at, page, source, place, device, previous, name, active
from events
where site = ?1 and hour between ?2 and ?3

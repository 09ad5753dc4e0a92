select visitor, hour, id, at, page, source, place, device, previous, name, active
from events
where site = ?1 and hour >= ?2 and hour * 3600000 + at >= ?3 and hour <= ?4 and hour * 3600000 + at < ?5

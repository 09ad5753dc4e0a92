select
  visitor, hour, at, next, last, duration, cut, seen, views, nullif(clicks, -1) as clicks, actions, events,
  entry, exit, source, place, device
from visits
where site = ?1 and hour between ?2 and ?3

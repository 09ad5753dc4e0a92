select
  v.visitor, v.hour, v.at, v.next, v.last, v.duration, v.cut, v.seen, v.views,
  nullif(v.clicks, -1) as clicks, v.actions, v.events, v.entry, v.exit, v.source, v.place, v.device
from json_each(?2) j
cross join visits v on v.site = ?1 and v.hour = j.value->>1 and v.visitor = j.value->>0

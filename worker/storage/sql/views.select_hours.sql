select v.visitor, v.hour, v.id, v.at, v.page, v.source, v.place, v.device, v.previous, v.seen, nullif(v.clicks, -1) as clicks
from json_each(?2) j
cross join views v on v.site = ?1 and v.hour = j.value->>1 and v.visitor = j.value->>0

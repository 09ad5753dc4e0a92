select e.visitor, e.hour, e.id, e.at, e.page, e.source, e.place, e.device, e.previous, e.name, e.active
from json_each(?2) j
cross join events e on e.site = ?1 and e.hour = j.value->>1 and e.visitor = j.value->>0

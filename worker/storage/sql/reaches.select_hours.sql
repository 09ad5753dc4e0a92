select r.hour, r.visitor, r.began
from json_each(?2) j
cross join reaches r on r.site = ?1 and r.hour = j.value->>1 and r.visitor = j.value->>0

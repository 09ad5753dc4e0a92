select j.key as position, t.id
from json_each(?2) j
cross join places t on t.site = ?1 and t.country = j.value->>0 and t.region = j.value->>1 and t.city = j.value->>2

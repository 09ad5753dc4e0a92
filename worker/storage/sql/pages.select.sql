select j.key as position, t.id
from json_each(?2) j
cross join pages t on t.site = ?1 and t.hostname = j.value->>0 and t.path = j.value->>1

select j.key as position, t.id
from json_each(?2) j
cross join devices t on t.site = ?1 and t.device = j.value->>0 and t.browser = j.value->>1 and t.os = j.value->>2 and t.language = j.value->>3

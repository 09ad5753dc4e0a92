select j.key as position, t.id
from json_each(?2) j
cross join names t on t.site = ?1 and t.name = j.value->>0

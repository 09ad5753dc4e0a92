select j.key as position, t.id
from json_each(?2) j
cross join sources t on t.site = ?1 and t.channel = j.value->>0 and t.source = j.value->>1 and t.medium = j.value->>2 and t.campaign = j.value->>3 and t.term = j.value->>4 and t.content = j.value->>5 and t.referrer = j.value->>6

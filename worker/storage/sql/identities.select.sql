-- The identity links of these visitors, and those of these users.
select i.visitor, i.user, i.since
from json_each(?2) j
cross join identities i on i.site = ?1 and i.visitor = j.value
union
select i.visitor, i.user, i.since
from json_each(?2) j
cross join identities i on i.site = ?1 and i.user = j.value

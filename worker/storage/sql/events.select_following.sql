-- Events that name these visitors as those of the day before: [visitor, first hour, last hour].
select v.hour, v.visitor, v.id
from json_each(?2) j
cross join events v on v.site = ?1 and v.hour between j.value->>1 and j.value->>2 and v.previous = j.value->>0

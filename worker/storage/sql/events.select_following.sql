-- What names these visitors of the day before, in the hours in which it can: [visitor, first hour, last hour].
select v.hour, v.visitor, v.id
from json_each(?2) j
cross join events v on v.site = ?1 and v.hour between j.value->>1 and j.value->>2 and v.previous = j.value->>0

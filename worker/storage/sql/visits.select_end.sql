-- How many sessions began from ?4 up to, and not including, ?5, and when the last activity in any of them ended.
select count(*) as sessions, max(hour * 3600000 + at + duration) as end
from visits
where site = ?1 and hour between ?2 and ?3 and hour * 3600000 + at >= ?4 and hour * 3600000 + at < ?5

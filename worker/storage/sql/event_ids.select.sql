-- The ids of this list that are known already.
select j.value as key
from json_each(?2) j
where exists (select 1 from event_ids k where k.site = ?1 and k.key = j.value)

-- When the first session began that can hold events of the day after. ?2: a JSON list of ranges that do not overlap,
-- each ['', first day, last day].
select s.day as day, s.reach as reach
from json_each(?2) as one
cross join sums as s
where s.site = ?1 and s.dimension = '' and s.day between one.value ->> 1 and one.value ->> 2 and s.part = 0

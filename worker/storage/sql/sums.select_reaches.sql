-- When the first session began that can hold events of the day after.
select day, reach from sums where site = ?1 and dimension = '' and day between ?2 and ?3 and part = 0

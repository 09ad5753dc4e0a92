-- The number of these rows that replace one with the same day, dimension and value.
select count(*) as standing
from json_each(?2) j
where exists (
  select 1 from imported_days i
  where i.site = ?1 and i.dimension = j.value->>0 and i.day = j.value->>1 and i.value = j.value->>2
)

-- The number of these rows that replace one with the same key.
select count(*) as standing
from json_each(?3) j
where exists (
  select 1 from imports i
  where i.site = ?1 and i.kind = ?2 and i.day = j.value->>0 and i.row_key = j.value->>1
)

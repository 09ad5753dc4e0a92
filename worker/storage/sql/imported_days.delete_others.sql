-- Of each dimension and day in ?2, [dimension, day, [value, …]], the values that it does not name.
delete from imported_days
where site = ?1 and (dimension, day, value) in (
  select i.dimension, i.day, i.value
  from json_each(?2) j
  cross join imported_days i on i.site = ?1 and i.dimension = j.value->>0 and i.day = j.value->>1
  where i.value not in (select one.value from json_each(j.value, '$[2]') one)
)

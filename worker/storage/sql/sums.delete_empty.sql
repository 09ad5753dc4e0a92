-- The first row of a day stays, because it says that the day is rolled up.
delete from sums
where site = ?1 and dimension in (select value from json_each(?2)) and day between ?3 and ?4 and part > 0
  and cells ->> '$.sums' = '{}' and cells ->> '$.people' = '{}'
  and (select version from settlements where site = ?1) = ?5

delete from day_people where site = ?1 and day in (select value from json_each(?2))

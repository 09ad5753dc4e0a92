delete from imports where site = ?1 and kind = ?2 and day in (select value from json_each(?3))

select id, name from names where site = ?1 and name in (select value from json_each(?2))

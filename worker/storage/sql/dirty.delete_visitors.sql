delete from dirty where site = ?1 and visitor in (select value from json_each(?2))

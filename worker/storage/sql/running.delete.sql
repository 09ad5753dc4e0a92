delete from running where site = ?1 and day < ?2

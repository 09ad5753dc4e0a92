delete from day_people where site = ?1 and day < ?2

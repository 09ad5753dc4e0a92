delete from day_people where site = ?1

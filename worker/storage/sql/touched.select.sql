select first_hour, last_hour, version from touched where site = ?1 order by first_hour, last_hour

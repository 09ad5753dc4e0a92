select day, first_hour, last_hour from exported_days where site = ?1 order by last_hour desc limit 1

select day, last_hour, missing, changes from exported_days where site = ?1 and missing > 0 order by last_hour

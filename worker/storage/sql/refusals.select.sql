select day, reason, count from refusals where site = ?1 and day between ?2 and ?3 order by day, count desc, reason

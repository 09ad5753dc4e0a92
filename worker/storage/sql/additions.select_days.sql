select day, count as used from additions where site = ?1 and dictionary = ?2 order by day

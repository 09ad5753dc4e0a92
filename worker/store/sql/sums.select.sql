select day, cells from sums where site = ?1 and dimension = ?2 and day between ?3 and ?4 order by day, part

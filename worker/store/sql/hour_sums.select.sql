select hour, cells from hour_sums where site = ?1 and dimension = ?2 and hour between ?3 and ?4

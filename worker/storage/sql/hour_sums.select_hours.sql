select hour from hour_sums where site = ?1 and dimension = ?2 and hour >= ?3

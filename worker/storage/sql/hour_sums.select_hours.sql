select dimension, hour from hour_sums where site = ?1 and hour >= ?2

select max(day) as day from sums where site = ?1 and dimension = ''

delete from sums where site = ?1

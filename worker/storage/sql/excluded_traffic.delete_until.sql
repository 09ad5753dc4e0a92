delete from excluded_traffic where site = ?1 and day < ?2 / 86400000

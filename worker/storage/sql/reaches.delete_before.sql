delete from reaches where site = ?1 and hour < ?2 / 3600000

delete from deliveries where site = ?1 and at < ?2

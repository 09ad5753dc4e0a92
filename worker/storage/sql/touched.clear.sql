delete from touched where site = ?1

delete from purchases where site = ?1 and time < ?2

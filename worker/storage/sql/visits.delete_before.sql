delete from visits where site = ?1 and hour <= ?2 / 3600000 and hour * 3600000 + at < ?2

select day, count from additions where site = ?1 and dictionary = ?2 and sender = ?3

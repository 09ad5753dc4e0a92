update shares set tries = tries - 1 where id = ?1 and tried = ?2 and tries > 0

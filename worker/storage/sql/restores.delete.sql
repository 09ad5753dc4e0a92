delete from restores where site = ?1

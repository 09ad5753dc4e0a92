select site, header, part from restores where domain = ?1

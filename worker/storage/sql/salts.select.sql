select salt, created from salts where site = ?1 and day = ?2

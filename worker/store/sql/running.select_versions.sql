select day, version, zone from running where site = ?1

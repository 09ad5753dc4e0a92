select day, version, zone, cells, people, ids from running where site = ?1

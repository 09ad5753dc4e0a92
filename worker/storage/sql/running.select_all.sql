select day, version, zone, cells, people from running where site = ?1

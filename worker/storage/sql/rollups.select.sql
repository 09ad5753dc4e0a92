select until, zone, since, rules from rollups where site = ?1

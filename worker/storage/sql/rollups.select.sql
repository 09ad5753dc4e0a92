select until, zone, since, rules, missing_before from rollups where site = ?1

select day from exported_days where site = ?1

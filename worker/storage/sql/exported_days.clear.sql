delete from exported_days where site = ?1

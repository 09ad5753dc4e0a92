-- A day that changed meanwhile is written again.
update exported_days set missing = ?3 where site = ?1 and last_hour = ?2 and changes = ?4

delete from touched
where site = ?1 and first_hour = ?2 and last_hour = ?3 and (select version from settlements where site = ?1) = ?4

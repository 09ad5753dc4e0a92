-- Counts before the password is checked, so that parallel tries are not free.
update shares set tries = iif(tried = ?2, tries + 1, 1), tried = ?2
where id = ?1 and (tried <> ?2 or tries < ?3)
returning id

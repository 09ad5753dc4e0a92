-- Fails, and its batch with it, when another settling came first: version must not be null.
update settlements
set version = case when version = ?2 then version + 1 end, settled = max(settled, cast(?3 as integer)), open = ?4
where site = ?1

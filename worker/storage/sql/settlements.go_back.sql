-- Fails, and its batch with it, when another settling came first: version must not be null.
update settlements
set
  version = case when version = ?2 then version + 1 end,
  settled = cast(?3 as integer),
  closing = cast(?3 as integer)
where site = ?1

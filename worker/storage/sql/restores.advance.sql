-- Fails, and its batch with it, when this part is neither the next nor a repetition of the last: part must not be null.
update restores
set part = case when part in (cast(?2 as integer), cast(?2 as integer) + 1) then cast(?2 as integer) + 1 end
where site = ?1

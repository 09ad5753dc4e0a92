-- What the site's object has deleted, which the directory tells to whoever checks the age of an event.
update sites set kept_from = cast(?2 as integer), kept_day = cast(?3 as integer) where id = ?1 and kept_from < ?2

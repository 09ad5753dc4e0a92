-- Since when the site's object keeps events. Workers check the age of an event by it.
update sites set kept_from = cast(?2 as integer), kept_day = cast(?3 as integer) where id = ?1 and kept_from < ?2

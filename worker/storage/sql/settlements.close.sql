-- From now on events for a time before ?2 are late.
update settlements set closing = max(closing, cast(?2 as integer)) where site = ?1

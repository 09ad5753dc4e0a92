-- From now on what arrives for a time before ?2 leaves a mark.
update settlements set closing = max(closing, cast(?2 as integer)) where site = ?1

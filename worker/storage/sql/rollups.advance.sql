update rollups set until = cast(?2 as integer)
where site = ?1 and until < ?2 and (select version from settlements where site = ?1) = ?3

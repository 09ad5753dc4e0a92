-- The rollups stay. Those of days before ?3 may lack measures.
update rollups set rules = ?2, missing_before = cast(?3 as integer) where site = ?1

-- From day ?2 on, rollups hold all measures of these rules. 0: all rollups do.
update rollups set missing_before = cast(?2 as integer) where site = ?1 and rules = ?3

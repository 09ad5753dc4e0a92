-- The days from this one on hold all measures, by these rules; all days where it is 0.
update rollups set missing_before = cast(?2 as integer) where site = ?1 and rules = ?3

-- The hour of the session that follows ?3 others.
select hour from visits where site = ?1 and hour >= ?2 order by hour limit 1 offset cast(?3 as integer)

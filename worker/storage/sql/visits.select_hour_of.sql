-- The hour in which the session after the first ?3 began; no row if there are no more. Counted from hour ?2.
select hour from visits where site = ?1 and hour >= ?2 order by hour limit 1 offset cast(?3 as integer)

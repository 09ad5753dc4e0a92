delete from hour_sums
where site = ?1 and hour in (select value from json_each(?2))

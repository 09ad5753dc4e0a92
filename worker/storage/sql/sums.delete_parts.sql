-- A day that had more groups before had more rows.
delete from sums
where site = ?1 and dimension in (select value from json_each(?2)) and day between ?3 and ?4 and part > 0
  and (select version from settlements where site = ?1) = ?5

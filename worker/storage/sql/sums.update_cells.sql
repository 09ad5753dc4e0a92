update sums set cells = ?5
where site = ?1 and dimension = ?2 and day = ?3 and part = ?4
  and (select version from settlements where site = ?1) = ?6

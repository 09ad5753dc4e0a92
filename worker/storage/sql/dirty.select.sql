select visitor, hour, changes from dirty where site = ?1 order by visitor, hour limit ?2

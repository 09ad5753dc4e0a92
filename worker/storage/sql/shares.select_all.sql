select id, name, query, created, expires from shares where site = ?1 order by id

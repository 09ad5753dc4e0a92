select id, name, scope, created, expires from keys where site = ?1 order by id

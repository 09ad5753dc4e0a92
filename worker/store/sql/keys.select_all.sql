select id, name, scope, created from keys where site = ?1 order by id

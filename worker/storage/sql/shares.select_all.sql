select id, name, query, created, expires, view, password is not null as has_password from shares where site = ?1 order by id

insert into shares (site, name, digest, query, created, expires, view, password)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
returning id

insert into shares (site, name, digest, query, created, expires) values (?1, ?2, ?3, ?4, ?5, ?6) returning id

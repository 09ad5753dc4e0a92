insert into keys (site, name, scope, digest, created, expires) values (?1, ?2, ?3, ?4, ?5, ?6) returning id

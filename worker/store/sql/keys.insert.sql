insert into keys (site, name, scope, digest, created) values (?1, ?2, ?3, ?4, ?5) returning id

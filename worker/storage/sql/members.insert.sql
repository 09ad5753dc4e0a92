insert into members (id, name, role, every_site, email, created) values (?1, ?2, ?3, ?4, ?5, ?6)

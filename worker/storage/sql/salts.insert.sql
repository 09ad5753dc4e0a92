insert into salts (site, day, salt, created) values (?1, ?2, ?3, ?4) on conflict do nothing

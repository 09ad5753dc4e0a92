insert into sign_ins (digest, key, expires) values (?1, ?2, ?3)

insert into sign_ins (digest, key, member, expires) values (?1, ?2, ?3, ?4)

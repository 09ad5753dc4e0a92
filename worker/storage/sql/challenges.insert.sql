insert into challenges (digest, expires) values (?1, ?2)

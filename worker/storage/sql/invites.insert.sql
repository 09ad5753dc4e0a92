insert into invites (digest, member, expires) values (?1, ?2, ?3)

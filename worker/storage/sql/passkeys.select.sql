select id, member, public_key, counter from passkeys where id = ?1

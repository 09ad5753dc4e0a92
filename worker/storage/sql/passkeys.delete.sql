delete from passkeys where member = ?1

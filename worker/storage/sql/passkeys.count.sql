update passkeys set counter = ?2 where id = ?1

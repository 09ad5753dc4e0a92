select k.id, k.scope, k.expires, s.domain from keys k join sites s on s.id = k.site where k.digest = ?1

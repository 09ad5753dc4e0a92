select k.id, k.scope, s.domain from keys k join sites s on s.id = k.site where k.id = ?1

select version from settlements where site = ?1

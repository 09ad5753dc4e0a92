select version, settled, closing, open from settlements where site = ?1

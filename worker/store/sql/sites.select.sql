select id, domain, name, timezone, currency, settings, secret, created from sites where domain = ?1

select id, domain, name, timezone, currency, settings, secret, created, kept_from, kept_day, store from sites where domain = ?1

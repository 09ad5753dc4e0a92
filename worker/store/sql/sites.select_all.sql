select id, domain, name, timezone, currency, settings, secret, created from sites order by domain

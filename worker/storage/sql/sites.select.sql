select id, domain, name, timezone, currency, settings, secret, created, kept_from, kept_day, store, imported_from,
  imported_to, imported_source
from sites where domain = ?1

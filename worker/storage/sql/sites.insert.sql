insert into sites (domain, name, timezone, currency, settings, secret, created, store)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict do nothing
returning id

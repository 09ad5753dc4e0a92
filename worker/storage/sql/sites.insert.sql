insert into sites (domain, name, timezone, currency, settings, secret, created)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict do nothing
returning id

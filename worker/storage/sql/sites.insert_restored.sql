insert into sites (
  id, domain, name, timezone, currency, settings, secret, created, kept_from, kept_day, store, imported_from, imported_to,
  imported_source
)
values (
  ?1, ?2, ?3, ?4, ?5, ?6, ?7, cast(?8 as integer), cast(?9 as integer), cast(?10 as integer), ?11, cast(?12 as integer),
  cast(?13 as integer), ?14
)
on conflict (id) do nothing

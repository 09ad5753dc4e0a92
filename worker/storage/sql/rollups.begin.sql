-- From here on days are rolled up again, in this time zone and by these rules.
insert into rollups (site, until, zone, since, rules)
values (?1, cast(?2 as integer), ?3, cast(?4 as integer), ?5)
on conflict do update set
  until = excluded.until, zone = excluded.zone, since = excluded.since, rules = excluded.rules, missing_before = 0

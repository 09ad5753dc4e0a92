-- From here on days are rolled up anew, in this time zone and by these rules.
insert into rollups (site, until, zone, since, rules)
values (?1, 0, ?2, cast(?3 as integer), ?4)
on conflict do update set until = 0, zone = excluded.zone, since = excluded.since, rules = excluded.rules

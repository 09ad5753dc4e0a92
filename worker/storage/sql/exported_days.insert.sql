insert into exported_days (site, last_hour, first_hour, day, tables, missing, changes)
values (?1, ?2, ?3, ?4, ?5, ?5, 0)
on conflict do nothing

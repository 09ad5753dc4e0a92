insert into running (site, day, version, zone, cells, people, ids)
select ?1, ?2, ?3, ?4, ?5, ?6, ?7
where (select version from settlements where site = ?1) = ?3
on conflict do update set
  version = excluded.version, zone = excluded.zone, cells = excluded.cells, people = excluded.people,
  ids = excluded.ids

-- The id of the row that was just added to sites and is deleted again: autoincrement never gives it to
-- another.
insert into restores (site, domain, header, part)
select id, ?1, ?2, 1 from sites where domain = ''
on conflict (domain) do update set site = excluded.site, header = excluded.header, part = 1

-- The number of the row that was just added to sites and will be taken out again: autoincrement gives it to nobody else.
insert into restores (site, domain, header, part)
select id, ?1, ?2, 1 from sites where domain = ''
on conflict (domain) do update set site = excluded.site, header = excluded.header, part = 1

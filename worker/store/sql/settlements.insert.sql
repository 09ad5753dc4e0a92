insert into settlements (site, version, settled, closing, open)
select id, 0, created, created, '[]' from sites where domain = ?1
on conflict do nothing

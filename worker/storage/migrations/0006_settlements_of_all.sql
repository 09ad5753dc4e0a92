-- Sites that are older than the settlements have all of theirs to be settled.
insert into settlements (site, version, settled, closing, open)
select id, 0, 0, 0, '[]' from sites
where true
on conflict do nothing;

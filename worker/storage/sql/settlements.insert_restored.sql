-- Everything restored is marked: settling takes it in as it does history that is told later.
insert into settlements (site, version, settled, closing, open)
values (?1, 0, cast(?2 as integer), cast(?2 as integer), '[]')
on conflict do nothing

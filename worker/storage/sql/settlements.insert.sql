-- As far behind the clock as the watermark stays, so that no event of the last minutes is ever late.
insert into settlements (site, version, settled, closing, open)
select id, 0, created - cast(?2 as integer), created - cast(?2 as integer), '[]' from sites where domain = ?1
on conflict do nothing

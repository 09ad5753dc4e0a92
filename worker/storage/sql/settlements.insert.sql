-- As far behind the clock as settling stays, so that no fact of the last minutes is ever of a settled time.
insert into settlements (site, version, settled, closing, open)
select id, 0, created - cast(?2 as integer), created - cast(?2 as integer), '[]' from sites where domain = ?1
on conflict do nothing

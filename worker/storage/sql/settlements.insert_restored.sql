-- All restored hours are stale: their sessions are derived as those of imported history.
insert into settlements (site, version, settled, closing, open)
values (?1, 0, cast(?2 as integer), cast(?2 as integer), '[]')
on conflict do nothing

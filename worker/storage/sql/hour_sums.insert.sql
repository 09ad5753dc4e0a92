insert into hour_sums (site, dimension, hour, cells)
select ?1, ?2, ?3, ?4
where (select version from settlements where site = ?1) = ?5
on conflict do update set cells = excluded.cells

insert into availability (site, metrics) values (?1, ?2)
on conflict do update set metrics = excluded.metrics
where metrics != excluded.metrics

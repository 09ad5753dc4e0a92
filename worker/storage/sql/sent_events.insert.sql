insert into sent_events (site, name)
select ?1, value from json_each(?2) where true
on conflict do nothing

delete from event_ids where (site, key) in (select ?1, value from json_each(?2))

delete from visits
where (site, hour, visitor, at) in (select ?1, value->>0, value->>1, value->>2 from json_each(?2))

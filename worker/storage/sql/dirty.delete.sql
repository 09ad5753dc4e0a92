-- A row that changed meanwhile stays.
delete from dirty
where (site, visitor, hour, changes) in (select ?1, value->>0, value->>1, value->>2 from json_each(?2))

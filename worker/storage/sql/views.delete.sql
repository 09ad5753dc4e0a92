delete from views where (site, hour, visitor, id) in (select ?1, value->>0, value->>1, value->>2 from json_each(?2))

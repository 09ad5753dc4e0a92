-- Rows whose events were added to the answers, or removed from them: [day, id].
update excluded_traffic set counted = ?3
where (site, day, id) in (select ?1, value->>0, value->>1 from json_each(?2))

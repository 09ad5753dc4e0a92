insert into memberships (member, site) select ?1, s.id from sites s where s.domain in (select value from json_each(?2))

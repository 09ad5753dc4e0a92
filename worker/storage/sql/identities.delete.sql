delete from identities where site = ?1 and user in (select value from json_each(?2))

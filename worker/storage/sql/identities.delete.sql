delete from identities where site = ?1 and user = ?2

select exists (select 1 from identities where site = ?1) as found

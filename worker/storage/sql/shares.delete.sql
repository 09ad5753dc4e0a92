delete from shares where site = ?1 and id = ?2 returning id

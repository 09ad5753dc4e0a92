update sites set name = ?2, timezone = ?3, currency = ?4, settings = ?5 where id = ?1

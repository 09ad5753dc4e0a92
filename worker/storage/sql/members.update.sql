update members set name = ?2, role = ?3, every_site = ?4, email = ?5 where id = ?1

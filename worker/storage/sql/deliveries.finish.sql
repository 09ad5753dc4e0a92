update deliveries set state = ?4, at = ?5, problem = ?6 where site = ?1 and subject = ?2 and recipient = ?3

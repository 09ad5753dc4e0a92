delete from event_ids where site = ?1 and time < ?2

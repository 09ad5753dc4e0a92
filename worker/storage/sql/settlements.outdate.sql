-- The cron must not write sessions that it derived from rows that are erased now.
update settlements set version = version + 1 where site = ?1
